package org.tidegate.proxy.listen;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

class ProxyHeaderFuzzTest {

  /** What is read is bounded, and reads the same when it is written anew. */
  @FuzzTest(maxDuration = "60s")
  void anyBytesAreAHeaderOrNone(byte[] bytes) {
    ByteBuf in = Unpooled.wrappedBuffer(bytes);
    try {
      ProxyHeader header = ProxyHeaderReader.read(in);
      if (header == null) {
        assertThat(in.readerIndex()).isZero();
        assertThat(bytes.length).isLessThan(16 + 65_536);
      } else if (header.source() != null && header.destination() != null) {
        for (ProxyVersion version : ProxyVersion.values()) {
          ByteBuf out = Unpooled.buffer();
          version.write(header.source(), header.destination(), out);
          assertThat(ProxyHeaderReader.read(out)).isEqualTo(header);
        }
      }
    } catch (BadProxyHeader e) {
      assertThat(in.readerIndex()).isZero();
    }
  }
}
