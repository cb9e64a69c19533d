package org.tidegate.proxy.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.proxy.event.GatewayEvents;
import org.tidegate.proxy.event.Judged;
import org.tidegate.proxy.event.ServerName;
import org.tidegate.proxy.event.Sight;
import org.tidegate.proxy.event.Unserved;
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

  /** How the server name agrees with what else is known of the stream. */
  abstract ServerName agreement(CanonicalHost name);

  /** Whether the stream passes where nothing in it names a host. */
  abstract boolean passesUnnamed();

  /** Whether the stream was meant for the gateway itself, or comes from it. */
  abstract boolean isLoop();

  private @Nullable Unserved refusal(@Nullable CanonicalHost name) {
    if (isLoop()) {
      return Unserved.LOOP;
    }
    return breaksRules(name) ? Unserved.NAME_REFUSED : null;
  }

  private boolean breaksRules(@Nullable CanonicalHost name) {
    TunnelRules rules = client.services().tunnels();
    boolean disagrees = name != null && agreement(name) == ServerName.OTHER;
    return (name == null && rules.refuseNameless()) || (disagrees && rules.refuseDisagreement());
  }

  /** Whether what is known of the stream beside this name passes, if that was not judged before. */
  boolean passesBeside(CanonicalHost name) {
    return true;
  }

  /** Whose TLS the gateway speaks itself, to read what is inside; null where it is relayed. */
  TargetUri.@Nullable HostOnly inspected(@Nullable CanonicalHost name) {
    return null;
  }

  /** The proxy credentials that came with the stream, or an empty text. */
  String credentials() {
    return "";
  }

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
    ClientHello hello;
    try {
      hello = reader.read(pending);
    } catch (BadHello e) {
      refuseUnreadable();
      return;
    }
    if (hello == null) {
      awaitMore();
      return;
    }
    if (hello.encrypted()) {
      events().helloEncrypted();
    }
    String name = hello.serverName();
    if (name == null) {
      events().serverName(ServerName.ABSENT);
      if (!inspect(hello, null)) {
        admit(null, passesUnnamed());
      }
    } else {
      CanonicalHost.parse(name).ifPresentOrElse(n -> judge(hello, n), this::refuseUnreadable);
    }
  }

  private void refuseUnreadable() {
    events().serverName(ServerName.UNREADABLE);
    close(DECODE_ERROR);
  }

  private void judge(ClientHello hello, CanonicalHost name) {
    events().serverName(agreement(name));
    if (inspect(hello, name)) {
      return;
    }
    Judged judged = client.judge(new TargetUri.HostOnly(name, port()), Sight.SERVER_NAME);
    admit(name, judged.judgement().passes() && !judged.canary() && passesBeside(name));
  }

  /** Under inspection it is not the name that is judged but every request inside. */
  private boolean inspect(ClientHello hello, @Nullable CanonicalHost name) {
    TargetUri.HostOnly server = breaksRules(name) ? null : inspected(name);
    if (server != null) {
      left = true;
      client.enter(new InspectedHandshake(client, server, credentials(), hello));
    }
    return server != null;
  }

  private void admit(@Nullable CanonicalHost name, boolean passes) {
    Unserved refusal = passes ? refusal(name) : null;
    if (refusal != null) {
      events().unserved(refusal);
    }
    if (passes && refusal == null) {
      left = true;
      relay(name);
    } else {
      close(ACCESS_DENIED);
    }
  }

  private void readFirstLine(FirstLine line) {
    switch (line) {
      case HTTP -> {
        left = true;
        serveHttp();
      }
      case UNDECIDED -> awaitMore();
      case OTHER -> relayUnknown();
    }
  }

  private void relayUnknown() {
    if (!client.services().tunnels().relayUnknown()) {
      events().unserved(Unserved.UNKNOWN_TUNNEL);
      close(null);
    } else if (isLoop()) {
      events().unserved(Unserved.LOOP);
      close(null);
    } else if (passesUnnamed()) {
      left = true;
      relay(null);
    } else {
      close(null);
    }
  }

  private GatewayEvents events() {
    return client.services().events();
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
