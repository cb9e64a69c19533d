package org.tidegate.filter.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ByteSearchTest {
  private static final byte[] LIKE_THEM = {'\t', 0x0B, 0x0C, 0x0E, (byte) 0x8A, (byte) 0x8D, 0, -1};

  @Test
  void whatIsFoundEightAStepIsFoundOneByOne() {
    SplittableRandom random = new SplittableRandom(20261126);
    byte[] bytes = new byte[40];
    for (int i = 0; i < 20_000; i++) {
      for (int at = 0; at < bytes.length; at++) {
        int kind = random.nextInt(24);
        bytes[at] =
            kind < LIKE_THEM.length
                ? LIKE_THEM[kind]
                : kind == 8 ? (byte) "\r\n*".charAt(random.nextInt(3)) : (byte) 'a';
      }
      int from = random.nextInt(bytes.length);
      int to = random.nextInt(from, bytes.length + 1);
      int end = from;
      boolean star = false;
      for (int at = from; at < to; at++) {
        star |= bytes[at] == '*';
      }
      while (end < to && bytes[end] != '\r' && bytes[end] != '\n') {
        end++;
      }

      assertThat(ByteSearch.lineEnd(bytes, from, to)).isEqualTo(end);
      assertThat(ByteSearch.has(bytes, from, to, '*')).isEqualTo(star);
    }
  }
}
