package org.tidegate.proxy.exchange;

import static java.util.Objects.requireNonNull;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.proxy.event.ServerName;
import org.tidegate.proxy.event.Sight;
import org.tidegate.proxy.http.RequestGate;
import org.tidegate.proxy.http.TargetUri;
import org.tidegate.proxy.tls.Inspection;

/**
 * The first bytes of a connection that was meant for somebody else. Nothing is known of it but the
 * address that the client chose, and nothing has been opened.
 */
final class InterceptedFirstBytes extends FirstBytes {
  private final @Nullable InetSocketAddress destination;

  /**
   * Makes the stage.
   *
   * @param destination where the client meant to connect to, if that is known
   */
  InterceptedFirstBytes(ClientConnection client, @Nullable InetSocketAddress destination) {
    super(client);
    this.destination = destination;
  }

  @Override
  int port() {
    return destination == null ? 0 : destination.getPort();
  }

  @Override
  ServerName agreement(CanonicalHost name) {
    return ServerName.ALONE;
  }

  /** Then it is judged by the address that it is for. */
  @Override
  boolean passesUnnamed() {
    return destination != null
        && client.judge(address(destination), Sight.ADDRESS).judgement().passes();
  }

  @Override
  boolean isLoop() {
    return client.isOwnTraffic();
  }

  @Override
  TargetUri.@Nullable HostOnly inspected(@Nullable CanonicalHost name) {
    Inspection inspection = client.inspection();
    if (inspection == null || destination == null) {
      return null;
    }
    TargetUri.HostOnly server =
        name == null ? address(destination) : new TargetUri.HostOnly(name, port());
    boolean leftAlone =
        inspection.bypasses(server.host())
            || inspection.wasRefused(server.host(), client.address());
    return leftAlone ? null : server;
  }

  @Override
  void relay(@Nullable CanonicalHost name) {
    TargetUri.HostOnly target =
        name == null ? address(requireNonNull(destination)) : new TargetUri.HostOnly(name, port());
    client.enter(new RelayOpening(client, target, credentials()));
  }

  private static TargetUri.HostOnly address(InetSocketAddress destination) {
    String text = NetUtil.toAddressString(destination.getAddress());
    return new TargetUri.HostOnly(
        CanonicalHost.parse(text.indexOf(':') < 0 ? text : "[" + text + "]").orElseThrow(),
        destination.getPort());
  }

  @Override
  void serveHttp() {
    client.enterHttp(RequestGate.intercepted(port()));
    client.enter(new AwaitingRequest(client));
  }

  @Override
  void abandon() {
    // nothing was opened
  }

  @Override
  public boolean isIdle() {
    return !client.pending().isReadable();
  }
}
