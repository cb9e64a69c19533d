package org.tidegate.filter.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidegate.filter.index.ListFormatException.Reason;

/** Heads that no compiler makes, under right checksums. */
class HostileHeadTest {
  private static final long LAST_SECOND = 253_402_300_799L;
  private static final int SERIAL = 48;
  private static final int CREATED = 56;
  private static final int SECTIONS = 120;

  private final byte[] good =
      TestLists.compilation(TestLists.KEY, "head", "a.example/page").bytes();

  @ParameterizedTest
  @CsvSource({
    "12, 271, length of the header",
    "76, 2, unknown flag",
    "76, -2147483648, unknown flag",
    "268, 1, not zero",
    "80, 1, domains do not add up",
    "92, 0, pages do not add up",
    "100, 1, rules do not add up",
    "104, 0, no host",
    "104, 3, more hosts than rules",
    "108, -1, roots",
    "108, 3, more roots than hosts",
    "112, -1, crowded suffixes",
    "116, -1, rules of hosts with many",
    "116, 3, more of them than rules",
    "140, 1, not zero",
  })
  void aNumberThatCannotBe(int at, int value, String what) {
    refused(bytes -> LittleEndian.putInt(bytes, at, value), Reason.STRUCTURE, what);
  }

  @Test
  void noScopeHasLessThanNothing() {
    refused(
        bytes -> {
          LittleEndian.putInt(bytes, 80, -1);
          LittleEndian.putInt(bytes, 84, 1);
        },
        Reason.STRUCTURE,
        "less than nothing");
  }

  @Test
  void serialsAreNotNegative() throws ListFormatException {
    refused(bytes -> LittleEndian.putLong(bytes, SERIAL, -1), Reason.STRUCTURE, "serial");
    assertThat(open(bytes -> LittleEndian.putLong(bytes, SERIAL, 0)).serial()).isZero();
  }

  @Test
  void timesAreFrom1970To9999() throws ListFormatException {
    for (long time : new long[] {-1, LAST_SECOND + 1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      refused(bytes -> LittleEndian.putLong(bytes, CREATED, time), Reason.STRUCTURE, "time");
    }
    for (long time : new long[] {0, LAST_SECOND}) {
      assertThat(open(bytes -> LittleEndian.putLong(bytes, CREATED, time)).created())
          .isEqualTo(Instant.ofEpochSecond(time));
    }
  }

  @Test
  void sectionsFollowEachOther() {
    for (int section = 0; section < 6; section++) {
      int at = SECTIONS + 24 * section;
      refused(
          bytes -> LittleEndian.putLong(bytes, at, LittleEndian.getLong(bytes, at) + 8),
          Reason.STRUCTURE,
          "offset");
      refused(bytes -> LittleEndian.putLong(bytes, at + 8, -8), Reason.STRUCTURE, "length");
      refused(bytes -> LittleEndian.putLong(bytes, at + 8, 4), Reason.STRUCTURE, "no whole word");
      refused(
          bytes -> LittleEndian.putLong(bytes, at + 8, Long.MAX_VALUE - 7),
          Reason.LENGTH,
          "longer than the file");
    }
  }

  @Test
  void lengthsThatComeRoundAgainAreTooLong() {
    refused(
        bytes -> {
          long offset = ListHeader.BYTES;
          for (int section = 0; section < 6; section++) {
            long length = section < 4 ? 1L << 62 : section == 4 ? bytes.length - offset : 0;
            LittleEndian.putLong(bytes, SECTIONS + 24 * section, offset);
            LittleEndian.putLong(bytes, SECTIONS + 24 * section + 8, length);
            offset += length;
          }
        },
        Reason.LENGTH,
        "2^64 bytes more");
  }

  @Test
  void aListIsNoShorterThanItsHead() {
    for (int length : new int[] {0, 7, 8, ListHeader.BYTES - 1, ListHeader.BYTES}) {
      assertReason(Arrays.copyOf(good, length), Reason.LENGTH, "length " + length);
    }
  }

  private void refused(Consumer<byte[]> change, Reason reason, String what) {
    assertReason(changed(change), reason, what);
  }

  private CompiledList open(Consumer<byte[]> change) throws ListFormatException {
    return CompiledList.open(changed(change));
  }

  private byte[] changed(Consumer<byte[]> change) {
    byte[] bytes = good.clone();
    change.accept(bytes);
    return SealedLists.seal(bytes);
  }

  private static void assertReason(byte[] bytes, Reason reason, String what) {
    assertThatThrownBy(() -> CompiledList.open(bytes))
        .as(what)
        .isInstanceOfSatisfying(
            ListFormatException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
