package org.tidegate.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.tidegate.filter.url.CanonicalUrl;

/** Whatever bytes come: refused, incomplete, or one request that reads the same a second time. */
class RequestGateFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void whatIsSentReadsAsWhatWasJudged(byte[] bytes) {
    ByteBuf in = Unpooled.wrappedBuffer(bytes);
    ByteBuf out = Unpooled.buffer();
    try {
      MessageHead head = new HeadReader(MessageHead.Kind.REQUEST, 32768, 65536).read(in);
      if (head == null) {
        return;
      }
      GatedRequest request = RequestGate.explicit().check(head);
      if (request.target() instanceof TargetUri.Whole whole) {
        HeadWriter.writeRequest(request, true, request.proxyCredentials(), Whose.UNSAID, out);
        String sent = out.toString(StandardCharsets.ISO_8859_1);
        MessageHead again =
            Objects.requireNonNull(
                new HeadReader(MessageHead.Kind.REQUEST, 65536, 131072).read(out));

        TargetUri target = RequestGate.explicit().check(again).target();
        assertThat(canonical((TargetUri.Whole) target)).isEqualTo(canonical(whole));
        if (!whole.isAsterisk()) {
          String line = new String(whole.pathAndQuery(), StandardCharsets.ISO_8859_1) + " HTTP/1.1";
          assertThat(sent.lines().findFirst().orElse("")).endsWith(line);
        }
        assertThat(out.toString(StandardCharsets.ISO_8859_1)).isEmpty();
      }
    } catch (BadMessage e) {
      assertThat(e.refusal()).isNotNull();
    } finally {
      in.release();
      out.release();
    }
  }

  private static String canonical(TargetUri.Whole target) {
    return CanonicalUrl.parse(target.url(), 0, target.url().length).orElseThrow().text();
  }
}
