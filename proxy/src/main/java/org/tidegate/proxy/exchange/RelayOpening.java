package org.tidegate.proxy.exchange;

import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.Future;
import org.tidegate.proxy.http.TargetUri;
import org.tidegate.proxy.upstream.UpstreamConnection;

/**
 * Opens the way onward for a stream that passed, intercepted or granted unseen. Where there is none
 * the client sees its connection reset, as it would without a gateway.
 */
final class RelayOpening implements Stage {
  private final ClientConnection client;
  private final TargetUri.HostOnly target;
  private final String credentials;
  private boolean begun;
  private boolean gone;

  RelayOpening(ClientConnection client, TargetUri.HostOnly target, String credentials) {
    this.client = client;
    this.target = target;
    this.credentials = credentials;
  }

  @Override
  public void proceed() {
    if (!begun) {
      begun = true;
      client
          .services()
          .upstreams()
          .tunnel(target, credentials, client.approach(), client.channel().eventLoop())
          .addListener(this::opened);
    }
  }

  private void opened(Future<? super UpstreamConnection> future) {
    if (gone) {
      if (future.isSuccess()) {
        ((UpstreamConnection) future.getNow()).close();
      }
    } else if (future.isSuccess()) {
      UpstreamConnection upstream = (UpstreamConnection) future.getNow();
      client.enter(new Tunnel(client, upstream, Unpooled.EMPTY_BUFFER));
    } else {
      client.services().events().unserved(Answers.reason(future.cause()));
      client.abort();
    }
  }

  /** What the client sent before it ended its side still goes on. */
  @Override
  public void inputClosed() {}

  @Override
  public void lost() {
    gone = true;
  }

  @Override
  public void timedOut() {}
}
