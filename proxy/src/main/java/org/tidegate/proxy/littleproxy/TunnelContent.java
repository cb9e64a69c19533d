package org.tidegate.proxy.littleproxy;

import io.netty.buffer.ByteBuf;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.proxy.event.Judged;
import org.tidegate.proxy.event.ListenerKind;
import org.tidegate.proxy.event.ServerName;
import org.tidegate.proxy.event.Sight;
import org.tidegate.proxy.event.Unserved;
import org.tidegate.proxy.exchange.FirstLine;
import org.tidegate.proxy.http.TargetUri;
import org.tidegate.proxy.tls.BadHello;
import org.tidegate.proxy.tls.ClientHello;
import org.tidegate.proxy.tls.ClientHelloReader;

/** What a granted tunnel begins with, and so what becomes of it. Used by one thread. */
final class TunnelContent {
  /** What becomes of the tunnel. */
  enum Outcome {
    MORE_NEEDED,
    RELAY,
    CLEAR_HTTP,
    CLOSE,
    /** With a fatal alert first (RFC 8446 §6.2). */
    DENY,
    DECODE_ERROR
  }

  private final Terms terms;
  private final TargetUri.HostOnly target;
  private final byte[] client;
  private final ClientHelloReader reader = new ClientHelloReader();

  TunnelContent(Terms terms, TargetUri.HostOnly target, byte[] client) {
    this.terms = terms;
    this.target = target;
    this.client = client;
  }

  Outcome read(ByteBuf pending) {
    if (!pending.isReadable()) {
      return Outcome.MORE_NEEDED;
    }
    return ClientHelloReader.looksLikeTls(pending) ? readHello(pending) : readLine(pending);
  }

  private Outcome readHello(ByteBuf pending) {
    try {
      ClientHello hello = reader.read(pending);
      if (hello == null) {
        return Outcome.MORE_NEEDED;
      }
      if (hello.serverName() == null) {
        terms.events().serverName(ServerName.ABSENT);
        return Outcome.RELAY;
      }
      return CanonicalHost.parse(hello.serverName()).map(this::judge).orElseGet(this::unreadable);
    } catch (BadHello e) {
      return unreadable();
    }
  }

  private Outcome unreadable() {
    terms.events().serverName(ServerName.UNREADABLE);
    return Outcome.DECODE_ERROR;
  }

  /** The CONNECT target was judged before; now the name inside, which may be another. */
  private Outcome judge(CanonicalHost name) {
    boolean same = name.text().equals(target.host().text());
    terms.events().serverName(same ? ServerName.SAME : ServerName.OTHER);
    Judged judged =
        terms
            .judge()
            .judge(
                new TargetUri.HostOnly(name, target.port()),
                Sight.SERVER_NAME,
                ListenerKind.EXPLICIT,
                client);
    boolean passes = judged.judgement().passes() && !judged.canary();
    return passes ? Outcome.RELAY : Outcome.DENY;
  }

  private Outcome readLine(ByteBuf pending) {
    return switch (FirstLine.of(pending)) {
      case HTTP -> Outcome.CLEAR_HTTP;
      case UNDECIDED -> Outcome.MORE_NEEDED;
      case OTHER -> {
        if (terms.relayUnknownTunnels()) {
          yield Outcome.RELAY;
        }
        terms.events().unserved(Unserved.UNKNOWN_TUNNEL);
        yield Outcome.CLOSE;
      }
    };
  }
}
