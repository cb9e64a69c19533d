package org.tidegate.proxy.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.proxy.event.Judged;
import org.tidegate.proxy.event.ServerName;
import org.tidegate.proxy.event.Sight;
import org.tidegate.proxy.event.Unserved;
import org.tidegate.proxy.http.RequestGate;
import org.tidegate.proxy.http.TargetUri;
import org.tidegate.proxy.tls.BadHello;
import org.tidegate.proxy.tls.ClientHello;
import org.tidegate.proxy.tls.ClientHelloReader;
import org.tidegate.proxy.upstream.UpstreamConnection;

/**
 * A granted tunnel whose content is not known yet. TLS is judged by its server name and relayed;
 * clear HTTP goes through the gate like any other request; anything else is closed, unless the
 * operator lets it through. Until then nothing is relayed.
 */
final class TunnelFirstBytes implements Stage, UpstreamConnection.User {
  /** Fatal alerts (RFC 8446 §6.2) as records of their own. */
  private static final byte[] ACCESS_DENIED = {21, 3, 3, 0, 2, 2, 49};

  private static final byte[] DECODE_ERROR = {21, 3, 3, 0, 2, 2, 50};

  private final ClientConnection client;
  private final TargetUri.HostOnly target;
  private final String credentials;
  private final UpstreamConnection upstream;
  private final ClientHelloReader reader = new ClientHelloReader();
  private boolean started;
  private boolean left;

  TunnelFirstBytes(
      ClientConnection client,
      TargetUri.HostOnly target,
      String credentials,
      UpstreamConnection upstream) {
    this.client = client;
    this.target = target;
    this.credentials = credentials;
    this.upstream = upstream;
    upstream.attach(this);
  }

  @Override
  public void proceed() {
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
        report(ServerName.ABSENT);
        relay();
      } else {
        judge(CanonicalHost.parse(hello.serverName()));
      }
    } catch (BadHello e) {
      report(ServerName.UNREADABLE);
      close(DECODE_ERROR);
    }
  }

  private void report(ServerName agreement) {
    client.services().events().serverName(agreement);
  }

  /** The CONNECT target was judged before; now the name inside, which may be another. */
  private void judge(Optional<CanonicalHost> name) {
    if (name.isEmpty()) {
      report(ServerName.UNREADABLE);
      close(DECODE_ERROR);
      return;
    }
    CanonicalHost inside = name.get();
    boolean same = Arrays.equals(inside.bytes(), target.host().bytes());
    report(same ? ServerName.SAME : ServerName.OTHER);
    Judged judged = client.judge(new TargetUri.HostOnly(inside, target.port()), Sight.SERVER_NAME);
    if (judged.judgement().passes()) {
      relay();
    } else {
      close(ACCESS_DENIED);
    }
  }

  private void readFirstLine(FirstLine line) {
    switch (line) {
      case HTTP -> enterHttp();
      case UNDECIDED -> awaitMore();
      case OTHER -> {
        if (client.services().relayUnknownTunnels()) {
          relay();
        } else {
          client.services().events().unserved(Unserved.UNKNOWN_TUNNEL);
          close(null);
        }
      }
    }
  }

  private void enterHttp() {
    left = true;
    client.enterTunnel(RequestGate.inside(target), credentials);
    client.services().upstreams().release(upstream, client.channel().eventLoop());
    client.enter(new AwaitingRequest(client));
  }

  private void relay() {
    left = true;
    client.enter(new Tunnel(client, upstream, Unpooled.EMPTY_BUFFER));
  }

  private void close(byte @Nullable [] alert) {
    left = true;
    upstream.abort();
    if (alert != null) {
      client.write(Unpooled.wrappedBuffer(alert));
      client.flush();
    }
    client.finish();
  }

  @Override
  public void inputClosed() {
    if (!left) {
      close(null);
    }
  }

  @Override
  public void lost() {
    if (!left) {
      left = true;
      upstream.abort();
    }
  }

  @Override
  public void timedOut() {
    close(null);
  }

  @Override
  public void upstreamLost() {
    if (!left) {
      left = true;
      client.finish();
    }
  }

  @Override
  public void upstreamReceived(ByteBuf bytes) {
    bytes.release(); // cannot come before it is asked for
    close(null);
  }

  @Override
  public void upstreamInputClosed() {}

  @Override
  public void upstreamWritable() {}
}
