package org.tidegate.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.tidegate.proxy.listen.Listener;

/** One node of several behind a load balancer, in a process of its own; drained by SIGTERM. */
final class NodeProgram {
  private NodeProgram() {}

  /** Listens on the port of the first argument; every name leads to that of the second. */
  public static void main(String[] ports) throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    InetSocketAddress origin = new InetSocketAddress(loopback, Integer.parseInt(ports[1]));
    Listener listener =
        Listener.explicit(new InetSocketAddress(loopback, Integer.parseInt(ports[0])))
            .behind(Door.LOCAL_SENDERS);
    Gateway node = TestGateway.start(listener, origin, ListedFilter.of("listed.example"), b -> b);
    Runtime.getRuntime().addShutdownHook(new Thread(node::close));
    Thread.currentThread().join();
  }
}
