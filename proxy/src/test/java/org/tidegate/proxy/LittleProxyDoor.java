package org.tidegate.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.littleshoot.proxy.ChainedProxyAdapter;
import org.littleshoot.proxy.HttpProxyServer;
import org.littleshoot.proxy.HttpProxyServerBootstrap;
import org.littleshoot.proxy.impl.DefaultHttpProxyServer;
import org.tidegate.proxy.littleproxy.GatedFilters;

/** An application's LittleProxy with Tidegate in it. */
record LittleProxyDoor(HttpProxyServer proxy) implements OpenDoor {

  static LittleProxyDoor open(DoorSetup setup) {
    GatedFilters tidegate =
        GatedFilters.of(setup.filter())
            .limits(setup.limits())
            .distinctHits(DoorSetup.DISTINCT_HITS)
            .anyConnectPort()
            .allowAddresses(List.of(setup.origin()))
            .names(
                (host, port) ->
                    host.startsWith("127.") ? new InetSocketAddress(host, port) : setup.origin());
    if (setup.relayUnknown()) {
      tidegate.relayUnknownTunnels();
    }
    HttpProxyServerBootstrap bootstrap = DefaultHttpProxyServer.bootstrap().withPort(0);
    if (setup.parent() != null) {
      bootstrap.withChainProxyManager(
          (request, proxies, client) -> proxies.add(new Parent(setup.origin())));
    }
    return new LittleProxyDoor(tidegate.into(bootstrap).start());
  }

  private static final class Parent extends ChainedProxyAdapter {
    private final InetSocketAddress address;

    Parent(InetSocketAddress address) {
      this.address = address;
    }

    @Override
    public InetSocketAddress getChainedProxyAddress() {
      return address;
    }
  }

  @Override
  public RawClient client() throws IOException {
    return new RawClient(proxy.getListenAddress());
  }

  @Override
  public void close() {
    proxy.abort();
  }
}
