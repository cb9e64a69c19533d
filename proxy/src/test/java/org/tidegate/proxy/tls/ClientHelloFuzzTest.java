package org.tidegate.proxy.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Whatever bytes come: refused, incomplete, or a hello; nothing is consumed. */
class ClientHelloFuzzTest {

  @FuzzTest(maxDuration = "60s")
  void neverThrowsAnythingElse(byte[] bytes) {
    ByteBuf in = Unpooled.wrappedBuffer(bytes);
    try {
      new ClientHelloReader().read(in);
    } catch (BadHello e) {
      assertThat(e.getMessage()).doesNotContain("example");
    }
    assertThat(in.readerIndex()).isZero();
    in.release();
  }
}
