package org.tidegate.proxy.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.proxy.event.ServerName;
import org.tidegate.proxy.http.RequestGate;
import org.tidegate.proxy.http.TargetUri;
import org.tidegate.proxy.upstream.UpstreamConnection;

/** The first bytes in a CONNECT that was granted: its target was judged, and the way is open. */
final class TunnelFirstBytes extends FirstBytes implements UpstreamConnection.User {
  private final TargetUri.HostOnly target;
  private final String credentials;
  private final UpstreamConnection upstream;

  TunnelFirstBytes(
      ClientConnection client,
      TargetUri.HostOnly target,
      String credentials,
      UpstreamConnection upstream) {
    super(client);
    this.target = target;
    this.credentials = credentials;
    this.upstream = upstream;
    upstream.attach(this);
  }

  @Override
  int port() {
    return target.port();
  }

  /** The target was judged; where nothing inside contradicts it, it is the name. */
  @Override
  boolean passesUnnamed() {
    return true;
  }

  @Override
  boolean isLoop() {
    return false;
  }

  @Override
  ServerName agreement(CanonicalHost name) {
    return Arrays.equals(name.bytes(), target.host().bytes()) ? ServerName.SAME : ServerName.OTHER;
  }

  @Override
  void relay(@Nullable CanonicalHost name) {
    client.enter(new Tunnel(client, upstream, Unpooled.EMPTY_BUFFER));
  }

  @Override
  void serveHttp() {
    client.enterTunnel(RequestGate.inside(target), credentials);
    client.giveBack(upstream);
    client.enter(new AwaitingRequest(client));
  }

  @Override
  void abandon() {
    upstream.abort();
  }

  @Override
  public void upstreamLost() {
    if (!isLeft()) {
      close(null);
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
