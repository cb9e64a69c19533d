package org.tidegate.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.socket.nio.NioSocketChannel;
import org.junit.jupiter.api.Test;

/** The suite is run a second time without native transports: this holds that it really is. */
class TransportIT {
  @Test
  void theTransportIsTheOneAskedFor() {
    boolean nio = Transport.best().socket() == NioSocketChannel.class;
    assertThat(nio).isEqualTo(Boolean.getBoolean("io.netty.transport.noNative"));
  }
}
