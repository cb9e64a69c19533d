package org.tidegate.proxy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.tidegate.proxy.listen.Listener;

/**
 * A transparent listener, told by PROXY headers what the kernel tells it elsewhere: clients that
 * know of no proxy, on their way to some address. {@code InterceptionIT} has the kernel tell it.
 */
record TransparentDoor(Gateway gateway) implements OpenDoor {
  private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.77", 40_000);
  private static final InetSocketAddress SOMEWHERE = new InetSocketAddress("198.51.100.80", 80);

  static TransparentDoor open(DoorSetup setup) throws IOException {
    assumeTrue(Epoll.isAvailable(), "without epoll there is no transparent listener");
    Listener listener =
        Listener.transparent(TestGateway.LOOPBACK, Listener.Kind.REDIRECT)
            .behind(Door.LOCAL_SENDERS);
    return new TransparentDoor(
        TestGateway.start(listener, setup.origin(), setup.filter(), b -> Door.configure(b, setup)));
  }

  @Override
  public RawClient client() throws IOException {
    RawClient connected = new RawClient(gateway.address());
    connected.send(ProxyHeaders.v2(CLIENT, SOMEWHERE));
    return new SpellingClient(connected.socket(), this::spelled);
  }

  @Override
  public String spelled(String request) {
    return OriginForm.of(request);
  }

  @Override
  public void close() {
    gateway.close();
  }
}
