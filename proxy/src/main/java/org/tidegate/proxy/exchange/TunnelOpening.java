package org.tidegate.proxy.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.concurrent.Future;
import org.tidegate.proxy.http.GatedRequest;
import org.tidegate.proxy.http.TargetUri;
import org.tidegate.proxy.upstream.UpstreamConnection;

/** Opens the way onward for a CONNECT that passed, and only then grants it. */
final class TunnelOpening implements Stage {
  private final ClientConnection client;
  private final GatedRequest request;
  private final TargetUri.HostOnly target;
  private boolean begun;
  private boolean gone;

  TunnelOpening(ClientConnection client, GatedRequest request, TargetUri.HostOnly target) {
    this.client = client;
    this.request = request;
    this.target = target;
  }

  @Override
  public void proceed() {
    if (!begun) {
      begun = true;
      client
          .services()
          .upstreams()
          .tunnel(
              target, request.proxyCredentials(), client.approach(), client.channel().eventLoop())
          .addListener(this::opened);
    }
  }

  private void opened(Future<? super UpstreamConnection> future) {
    if (!future.isSuccess()) {
      if (!gone) {
        Answers.unreachable(client, request, future.cause());
      }
      return;
    }
    UpstreamConnection upstream = (UpstreamConnection) future.getNow();
    if (gone) {
      upstream.close();
      return;
    }
    grant(client);
    client.enter(new TunnelFirstBytes(client, target, credentials(client, request), upstream));
  }

  /** What is kept of a CONNECT's credentials, for what comes inside. */
  static String credentials(ClientConnection client, GatedRequest request) {
    return client.services().upstreams().credentials(request.proxyCredentials());
  }

  static void grant(ClientConnection client) {
    ByteBuf granted = client.buffer();
    ByteBufUtil.writeAscii(granted, "HTTP/1.1 200 Connection established\r\n\r\n");
    client.write(granted);
    client.flush();
  }

  /** What the client sent before it ended its side may be a whole request. */
  @Override
  public void inputClosed() {
    if (!client.pending().isReadable()) {
      gone = true;
      client.finish();
    }
  }

  @Override
  public void lost() {
    gone = true;
  }

  @Override
  public void timedOut() {}
}
