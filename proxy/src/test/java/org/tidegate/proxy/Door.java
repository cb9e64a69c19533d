package org.tidegate.proxy;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import org.tidegate.filter.ClientNetwork;
import org.tidegate.proxy.listen.Listener;

/** A way for requests to reach the filter. The same suite is played through every one. */
enum Door {
  EXPLICIT(Set.of()) {
    @Override
    OpenDoor open(DoorSetup setup) throws IOException {
      return gateway(TestGateway.start(setup.origin(), setup.filter(), b -> configure(b, setup)));
    }
  },
  /** A load balancer in front says whose each connection is. */
  PROXY_PROTOCOL(Set.of()) {
    @Override
    OpenDoor open(DoorSetup setup) throws IOException {
      Listener listener = Listener.explicit(TestGateway.LOOPBACK).behind(LOCAL_SENDERS);
      return behindSender(
          TestGateway.start(listener, setup.origin(), setup.filter(), b -> configure(b, setup)));
    }
  },
  LITTLEPROXY(Set.of(Lack.HALF_CLOSED_TUNNEL, Lack.REASON_OF_A_FAILED_DIAL)) {
    @Override
    OpenDoor open(DoorSetup setup) {
      return LittleProxyDoor.open(setup);
    }
  },
  /** Clients know of no proxy. */
  TRANSPARENT(Set.of(Lack.FORMS_OF_A_PROXY, Lack.ANSWER_TO_THE_UNKNOWN)) {
    @Override
    OpenDoor open(DoorSetup setup) throws IOException {
      return TransparentDoor.open(setup);
    }
  },
  /** Requests come inside TLS, which ends here. */
  INSPECTED(
      Set.of(
          Lack.FORMS_OF_A_PROXY,
          Lack.HALF_CLOSED_CLIENT,
          Lack.SEVERAL_HOSTS,
          Lack.CLEAR_PARENT,
          Lack.NAMES_WITHOUT_CERTIFICATES)) {
    @Override
    OpenDoor open(DoorSetup setup) throws IOException {
      return InspectedDoor.open(setup);
    }
  };

  /** Whose PROXY headers are believed: everybody's on this machine. */
  static final List<ClientNetwork> LOCAL_SENDERS =
      List.of(ClientNetwork.of(new byte[] {127, 0, 0, 0}, 8));

  private final Set<Lack> lacks;

  Door(Set<Lack> lacks) {
    this.lacks = lacks;
  }

  abstract OpenDoor open(DoorSetup setup) throws IOException;

  boolean lacks(Lack what) {
    return lacks.contains(what);
  }

  /** Ends a test that asks for what this door lacks. */
  void needs(Lack what) {
    assumeFalse(lacks(what), () -> this + " lacks " + what);
  }

  static GatewayConfig.Builder configure(GatewayConfig.Builder builder, DoorSetup setup) {
    builder.limits(setup.limits()).distinctHits(DoorSetup.DISTINCT_HITS);
    if (setup.parent() != null) {
      builder.parent(setup.parent());
    }
    return setup.relayUnknown() ? builder.relayUnknownTunnels() : builder;
  }

  private static OpenDoor gateway(Gateway gateway) {
    return new OpenDoor() {
      @Override
      public RawClient client() throws IOException {
        return new RawClient(gateway.address());
      }

      @Override
      public void close() {
        gateway.close();
      }
    };
  }

  private static OpenDoor behindSender(Gateway gateway) {
    InetSocketAddress client = new InetSocketAddress("2001:db8::77", 40_000);
    InetSocketAddress balancer = new InetSocketAddress("2001:db8::1", 8080);
    return new OpenDoor() {
      @Override
      public RawClient client() throws IOException {
        RawClient sender = new RawClient(gateway.address());
        sender.send(ProxyHeaders.v2(client, balancer, (byte) 4, (byte) 0, (byte) 1, (byte) 0));
        return sender;
      }

      @Override
      public void close() {
        gateway.close();
      }
    };
  }
}
