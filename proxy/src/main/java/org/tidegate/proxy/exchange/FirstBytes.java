package org.tidegate.proxy.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.proxy.http.TargetUri;
import org.tidegate.proxy.tls.BadHello;
import org.tidegate.proxy.tls.ClientHello;
import org.tidegate.proxy.tls.ClientHelloReader;

/**
 * A stream whose content is not known yet. TLS is judged by its server name and relayed; clear HTTP
 * goes through the gate like any other request; anything else is closed, unless the operator lets
 * it through. Until then nothing is relayed.
 */
abstract class FirstBytes implements Stage {
  /** Fatal alerts (RFC 8446 §6.2) as records of their own. */
  private static final byte[] ACCESS_DENIED = {21, 3, 3, 0, 2, 2, 49};

  private static final byte[] DECODE_ERROR = {21, 3, 3, 0, 2, 2, 50};

  final ClientConnection client;
  private final ClientHelloReader reader = new ClientHelloReader();
  private boolean started;
  private boolean left;

  FirstBytes(ClientConnection client) {
    this.client = client;
  }

  /** The port that the stream is for. */
  abstract int port();

  /** Whether the rules forbid TLS that says this much of whom it is for. */
  abstract boolean refuses(@Nullable CanonicalHost name);

  /** Relays the stream, be it TLS for that name, TLS without one, or something else. */
  abstract void relay(@Nullable CanonicalHost name);

  /** Has the stream served as HTTP. */
  abstract void serveHttp();

  /** Lets go of what the stage holds, since the stream goes no further. */
  abstract void abandon();

  /** Whether the stage has been left, so that what it held is no longer its own. */
  final boolean isLeft() {
    return left;
  }

  @Override
  public final void proceed() {
    if (!started) {
      started = true;
      client.expectWithin(client.limits().tunnelFirstBytes());
    }
    ByteBuf pending = client.pending();
    if (!pending.isReadable()) {
      awaitMore();
    } else if (ClientHelloReader.looksLikeTls(pending)) {
      readHello(pending);
    } else {
      readFirstLine(FirstLine.of(pending));
    }
  }

  private void awaitMore() {
    if (client.inputEnded()) {
      close(null);
    } else {
      client.read();
    }
  }

  private void readHello(ByteBuf pending) {
    try {
      ClientHello hello = reader.read(pending);
      if (hello == null) {
        awaitMore();
      } else if (hello.serverName() == null) {
        admit(null);
      } else {
        judge(CanonicalHost.parse(hello.serverName()));
      }
    } catch (BadHello e) {
      close(DECODE_ERROR);
    }
  }

  private void judge(Optional<CanonicalHost> name) {
    if (name.isEmpty()) {
      close(DECODE_ERROR);
    } else if (client.judge(new TargetUri.HostOnly(name.get(), port())).passes()) {
      admit(name.get());
    } else {
      close(ACCESS_DENIED);
    }
  }

  private void admit(@Nullable CanonicalHost name) {
    if (refuses(name)) {
      close(ACCESS_DENIED);
    } else {
      left = true;
      relay(name);
    }
  }

  private void readFirstLine(FirstLine line) {
    switch (line) {
      case HTTP -> {
        left = true;
        serveHttp();
      }
      case UNDECIDED -> awaitMore();
      case OTHER -> {
        if (client.services().tunnels().relayUnknown()) {
          left = true;
          relay(null);
        } else {
          close(null);
        }
      }
    }
  }

  final void close(byte @Nullable [] alert) {
    left = true;
    abandon();
    if (alert != null) {
      client.write(Unpooled.wrappedBuffer(alert));
      client.flush();
    }
    client.finish();
  }

  @Override
  public final void inputClosed() {
    if (!left) {
      close(null);
    }
  }

  @Override
  public final void lost() {
    if (!left) {
      left = true;
      abandon();
    }
  }

  @Override
  public final void timedOut() {
    close(null);
  }
}
