package org.tidegate.proxy.exchange;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.proxy.event.ServerName;
import org.tidegate.proxy.event.Sight;
import org.tidegate.proxy.http.RequestGate;
import org.tidegate.proxy.http.TargetUri;
import org.tidegate.proxy.tls.Inspection;

/**
 * The first bytes in a CONNECT on a listener that inspects TLS. It was granted unseen: nothing has
 * been judged, since requests inside are, and nothing opened, so that a listed or dead host can be
 * answered for as well.
 */
final class InspectedFirstBytes extends FirstBytes {
  private final TargetUri.HostOnly target;
  private final String credentials;
  private final Inspection inspection;
  private @Nullable Boolean targetPasses;

  InspectedFirstBytes(
      ClientConnection client,
      TargetUri.HostOnly target,
      String credentials,
      Inspection inspection) {
    super(client);
    this.target = target;
    this.credentials = credentials;
    this.inspection = inspection;
  }

  @Override
  int port() {
    return target.port();
  }

  @Override
  String credentials() {
    return credentials;
  }

  @Override
  ServerName agreement(CanonicalHost name) {
    return Arrays.equals(name.bytes(), target.host().bytes()) ? ServerName.SAME : ServerName.OTHER;
  }

  @Override
  boolean passesUnnamed() {
    if (targetPasses == null) {
      targetPasses = client.judge(target, Sight.CONNECT).judgement().passes();
    }
    return targetPasses;
  }

  @Override
  boolean passesBeside(CanonicalHost name) {
    return agreement(name) == ServerName.SAME || passesUnnamed();
  }

  @Override
  boolean isLoop() {
    return false;
  }

  /**
   * Requests inside are judged by the name that TLS is for; where the CONNECT named another, that
   * is judged here. Who is bypassed must be so by both names.
   */
  @Override
  TargetUri.@Nullable HostOnly inspected(@Nullable CanonicalHost name) {
    CanonicalHost host = name == null ? target.host() : name;
    if (name != null && !passesBeside(name)) {
      return null;
    }
    boolean bypassed = inspection.bypasses(host) && inspection.bypasses(target.host());
    boolean refused = inspection.wasRefused(host, client.address());
    return bypassed || refused ? null : new TargetUri.HostOnly(host, target.port());
  }

  @Override
  void relay(@Nullable CanonicalHost name) {
    client.enter(new RelayOpening(client, target, credentials));
  }

  @Override
  void serveHttp() {
    client.enterTunnel(RequestGate.inside(target), credentials);
    client.enter(new AwaitingRequest(client));
  }

  @Override
  void abandon() {
    // nothing was opened
  }
}
