package org.tidegate.proxy.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RequestGateTest {
  /** Refusals that no complete head of a request can cause. */
  private static final Set<Refusal> ELSEWHERE =
      EnumSet.of(
          Refusal.BAD_CHUNK,
          Refusal.BAD_TRAILER,
          Refusal.TARGET_TOO_LONG,
          Refusal.HEAD_TOO_LARGE,
          Refusal.BAD_STATUS_LINE);

  static List<String[]> vectors() throws IOException {
    return RawText.rows("/vectors/request-gate.tsv");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void vector(String expected, String request, String shows) {
    assertThat(outcome(RawText.unescape(request), Integer.MAX_VALUE))
        .describedAs(shows)
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void bytesOneAtATimeMeanTheSame(String expected, String request, String shows) {
    assertThat(outcome(RawText.unescape(request), 1)).describedAs(shows).isEqualTo(expected);
  }

  @Test
  void everyRefusalHasAVector() throws IOException {
    Set<String> shown = vectors().stream().map(v -> v[0]).collect(Collectors.toSet());
    Set<Refusal> wanted = EnumSet.complementOf(EnumSet.copyOf(ELSEWHERE));
    assertThat(shown).containsAll(wanted.stream().map(Enum::name).toList());
  }

  @Test
  void aLongTargetPassesAndALongerOneDoesNot() {
    String host = " HTTP/1.1\r\nHost: a.example\r\n\r\n";
    assertThat(outcome("GET http://a.example/" + "x".repeat(16 * 1024) + host, 4096))
        .isEqualTo("PASS");
    assertThat(outcome("GET http://a.example/" + "x".repeat(33 * 1024), 4096))
        .isEqualTo("TARGET_TOO_LONG");
  }

  @Test
  void manyFieldsPassAndMoreDoNot() {
    String start = "GET http://a.example/ HTTP/1.1\r\nHost: a.example\r\n";
    assertThat(outcome(start + ("X: " + "v".repeat(1000) + "\r\n").repeat(32) + "\r\n", 4096))
        .isEqualTo("PASS");
    assertThat(outcome(start + ("X: " + "v".repeat(1000) + "\r\n").repeat(70), 4096))
        .isEqualTo("HEAD_TOO_LARGE");
    assertThat(outcome(start + "X:\r\n".repeat(2000) + "\r\n", 4096)).isEqualTo("HEAD_TOO_LARGE");
  }

  @Test
  void aRequestLineOfTheLimitPassesAndALongerOneDoesNot() {
    String before = "GET http://a.example/";
    String after = " HTTP/1.1\r\nHost: a.example\r\n\r\n";
    int path = 32 * 1024 - before.length() - " HTTP/1.1".length();
    for (int slice : new int[] {1, 4096, 65_536}) {
      assertThat(outcome(before + "x".repeat(path) + after, slice)).isEqualTo("PASS");
      assertThat(outcome(before + "x".repeat(path + 1) + after, slice))
          .isEqualTo("TARGET_TOO_LONG");
    }
  }

  /** Feeds a request in slices; what the gate says of it, or INCOMPLETE. */
  static String outcome(String request, int slice) {
    HeadReader reader = new HeadReader(MessageHead.Kind.REQUEST, 32 * 1024, 64 * 1024);
    byte[] bytes = request.getBytes(ISO_8859_1);
    ByteBuf in = Unpooled.buffer();
    try {
      for (int at = 0; at < bytes.length; ) {
        int count = Math.min(slice, bytes.length - at);
        in.writeBytes(bytes, at, count);
        at += count;
        MessageHead head = reader.read(in);
        if (head != null) {
          RequestGate.explicit().check(head);
          return "PASS";
        }
      }
      return "INCOMPLETE";
    } catch (BadMessage e) {
      return e.refusal().name();
    } finally {
      in.release();
    }
  }
}
