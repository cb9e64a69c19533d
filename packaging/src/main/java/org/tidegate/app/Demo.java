package org.tidegate.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidegate.app.DemoProof.Outcome;
import org.tidegate.filter.UrlFilter;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.proxy.Gateway;
import org.tidegate.proxy.GatewayConfig;
import org.tidegate.proxy.splash.SplashPage;
import org.tidegate.proxy.splash.SplashSettings;
import org.tidegate.proxy.splash.SplashTemplateException;
import org.tidegate.proxy.upstream.FixedNames;
import org.tidegate.proxy.upstream.ParentProxy;

/** A running demo: the gateway on loopback and, unless it has a parent, the origin behind it. */
final class Demo implements AutoCloseable {
  private static final String LIST_TITLE = "Tidegate demo list";

  private final @Nullable DemoOrigin origin;
  private final Gateway gateway;

  private Demo(@Nullable DemoOrigin origin, Gateway gateway) {
    this.origin = origin;
    this.gateway = gateway;
  }

  /** Starts a gateway that enforces the list and sends the rest to an origin of its own. */
  static Demo start(int port, DemoList list) throws IOException, ListFormatException {
    DemoOrigin origin = DemoOrigin.start();
    try {
      GatewayConfig.Builder config =
          listeningOn(port)
              .names(new FixedNames(origin.address()))
              .allowAddresses(List.of(origin.address()));
      return new Demo(origin, gateway(config, list));
    } catch (IOException | RuntimeException e) {
      origin.close();
      throw e;
    }
  }

  /** Starts a gateway that enforces the list and sends the rest to that proxy. */
  static Demo start(int port, DemoList list, ParentProxy parent)
      throws IOException, ListFormatException {
    return new Demo(null, gateway(listeningOn(port).parent(parent), list));
  }

  private static GatewayConfig.Builder listeningOn(int port) {
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    var settings = SplashSettings.forbidden(Map.of("*", Map.of("list", LIST_TITLE)));
    try {
      return GatewayConfig.listeningOn(loopback)
          .splash(SplashPage.builtIn(Map.of(LoadedList.NAME, settings)));
    } catch (SplashTemplateException e) {
      throw new IllegalStateException("the shipped splash page is damaged", e);
    }
  }

  /** The list is enforced before the port opens. */
  private static Gateway gateway(GatewayConfig.Builder config, DemoList list)
      throws IOException, ListFormatException {
    UrlFilter filter = new UrlFilter(LoadedList.KEY);
    filter.install(list.list());
    try {
      return Gateway.start(config.build(), filter);
    } catch (IOException e) {
      throw new PortException(e);
    }
  }

  InetSocketAddress gatewayAddress() {
    return gateway.address();
  }

  /** Sends the rows through the gateway; nothing comes of it where there is no own origin. */
  List<Outcome> prove(List<DemoRow> rows) {
    return origin == null
        ? List.of()
        : new DemoProof(gateway.address(), origin, LIST_TITLE).run(rows);
  }

  /** Where every name leads; nothing with a parent. */
  Optional<InetSocketAddress> originAddress() {
    return Optional.ofNullable(origin).map(DemoOrigin::address);
  }

  @Override
  public void close() {
    gateway.close();
    if (origin != null) {
      origin.close();
    }
  }
}
