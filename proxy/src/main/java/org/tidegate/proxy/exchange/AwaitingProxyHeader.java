package org.tidegate.proxy.exchange;

import org.tidegate.proxy.listen.BadProxyHeader;
import org.tidegate.proxy.listen.ProxyHeader;
import org.tidegate.proxy.listen.ProxyHeaderReader;

/** Waits for the PROXY header that a trusted sender begins with. Without one nothing is served. */
final class AwaitingProxyHeader implements Stage {
  private final ClientConnection client;
  private boolean started;

  AwaitingProxyHeader(ClientConnection client) {
    this.client = client;
  }

  @Override
  public void proceed() {
    if (!started) {
      started = true;
      client.expectWithin(client.limits().head());
    }
    try {
      ProxyHeader header = ProxyHeaderReader.read(client.pending());
      if (header != null) {
        client.announce(header);
      } else if (client.inputEnded()) {
        client.abort();
      } else {
        client.read();
      }
    } catch (BadProxyHeader e) {
      client.abort();
    }
  }

  @Override
  public void inputClosed() {
    client.abort();
  }

  @Override
  public void lost() {}

  @Override
  public void timedOut() {
    client.abort();
  }

  @Override
  public boolean isIdle() {
    return true;
  }
}
