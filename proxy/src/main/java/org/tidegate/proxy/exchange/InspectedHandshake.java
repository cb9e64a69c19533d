package org.tidegate.proxy.exchange;

import static java.util.Objects.requireNonNull;

import io.netty.channel.Channel;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import org.tidegate.proxy.http.RequestGate;
import org.tidegate.proxy.http.TargetUri;
import org.tidegate.proxy.tls.ClientHello;
import org.tidegate.proxy.tls.Inspection;

/**
 * Shakes hands with a client in the name of the host that it wants; then its requests come in by
 * the gate like any other. The host itself is not asked before one of them passes.
 */
final class InspectedHandshake implements Stage {
  private final ClientConnection client;
  private final TargetUri.HostOnly server;
  private final String credentials;
  private final ClientHello hello;
  private boolean begun;
  private boolean gone;

  InspectedHandshake(
      ClientConnection client, TargetUri.HostOnly server, String credentials, ClientHello hello) {
    this.client = client;
    this.server = server;
    this.credentials = credentials;
    this.hello = hello;
  }

  @Override
  public void proceed() {
    if (!begun) {
      begun = true;
      client.expectWithin(client.limits().tunnelFirstBytes());
      SslHandler tls = inspection().handler(client.channel().alloc(), server.host(), hello);
      client.secure(tls).addListener((Future<Channel> shaken) -> shaken(shaken, tls));
    }
  }

  private Inspection inspection() {
    return requireNonNull(client.inspection());
  }

  private void shaken(Future<Channel> shaken, SslHandler by) {
    if (gone) {
      return;
    }
    gone = true;
    if (!shaken.isSuccess()) {
      inspection().handshakeFailed(server.host(), client.address(), shaken.cause());
      client.channel().close();
    } else if (ApplicationProtocolNames.HTTP_2.equals(by.applicationProtocol())) {
      client.serveStreams(RequestGate.insideTls(server), credentials);
    } else {
      client.enterTunnel(RequestGate.insideTls(server), credentials);
      client.enter(new AwaitingRequest(client));
    }
  }

  @Override
  public void inputClosed() {
    client.channel().close();
  }

  @Override
  public void lost() {
    gone = true;
  }

  @Override
  public void timedOut() {
    client.channel().close();
  }
}
