package org.tidegate.filter.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class SipHashTest {

  @ParameterizedTest
  @CsvFileSource(resources = "/vectors/siphash.tsv", delimiter = '\t')
  void givesThePublishedVectors(int length, String hash) {
    byte[] key = counting(16);

    long actual = hash(ListKey.of(key), counting(length));

    assertThat(HexFormat.of().toHexDigits(Long.reverseBytes(actual))).isEqualTo(hash);
  }

  @Test
  void agreesWithGuavaAtEveryLength() {
    long seed = 42;
    SplittableRandom random = new SplittableRandom(seed);
    for (int length = 1; length < 300; length++) {
      byte[] key = new byte[16];
      byte[] message = new byte[length];
      random.nextBytes(key);
      random.nextBytes(message);
      long k0 = LittleEndian.getLong(key, 0);
      long k1 = LittleEndian.getLong(key, 8);

      long expected = Hashing.sipHash24(k0, k1).hashBytes(message).asLong();

      assertThat(hash(ListKey.of(key), message)).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void finishingLeavesTheStateAsItWas() {
    SipHash hash = new SipHash(ListKey.of(counting(16)));
    hash.word(7);

    long first = hash.finish(5, 7, 9, 16);

    assertThat(hash.finish(5, 7, 9, 16)).isEqualTo(first);
  }

  private static long hash(ListKey key, byte[] message) {
    SipHash hash = new SipHash(key);
    int at = 0;
    for (; at + 8 < message.length; at += 8) {
      hash.word(LittleEndian.getLong(message, at));
    }
    int count = message.length - at - 1;
    long rest = LittleEndian.rest(message, at, count);
    return hash.finish(rest, count, message[message.length - 1] & 0xFF, message.length);
  }

  private static byte[] counting(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }
}
