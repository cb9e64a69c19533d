package org.tidegate.sync.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeltaTest {
  private static final int ENTRIES = 40_000;

  @ParameterizedTest
  @CsvSource({"0, 1, 0.002", "40, 1, 0.005", "400, 1, 0.05", "4000, 1, 0.4", "400, 30000, 0.05"})
  void aPatchIsSmallAndLeadsToTheVeryBytes(int replaced, int serials, double share)
      throws Exception {
    measure(ENTRIES, replaced, serials, share);
  }

  @ParameterizedTest
  @Tag("nightly")
  @CsvSource({"1000, 0.005", "10000, 0.05", "100000, 0.4"})
  void soItIsForAMillionEntries(int replaced, double share) throws Exception {
    measure(1_000_000, replaced, 1, share);
  }

  private static void measure(int entries, int replaced, int serials, double share)
      throws Exception {
    byte[] before = Editions.compile(entries, 0, 1);
    byte[] list = Editions.compile(entries, replaced, 1 + serials);
    byte[] kept = list.clone();
    byte[] patch = Delta.make(before.clone(), list);
    assertThat(list).isEqualTo(kept);
    assertThat(Delta.apply(before, patch, list.length)).isEqualTo(list);
    assertThat((double) patch.length / list.length).isLessThan(share);
  }

  @Test
  void aListGrowsFromNextToNothing() throws Exception {
    byte[] before = Editions.compile(0, 0, 1);
    byte[] list = Editions.compile(100, 0, 2);
    byte[] patch = Delta.make(before.clone(), list);
    assertThat(Delta.apply(before, patch, list.length)).isEqualTo(list);
  }

  @Test
  void whatLeadsElsewhereIsRefused() throws Exception {
    byte[] before = Editions.compile(100, 0, 1);
    byte[] list = Editions.compile(100, 3, 2);
    byte[] patch = Delta.make(before.clone(), list);
    assertRefused(before, patch, list.length - 1, "another length than stated");
    assertRefused(before, patch, list.length + 1, "another length than stated");
    assertRefused(before, new byte[0], list.length, "another length than stated");
    assertRefused(
        before, Arrays.copyOf(patch, patch.length - 1), list.length, "no patch of this edition");
    byte[] other = Editions.compile(100, 50, 1);
    assertThat(applied(other, patch, list.length)).isNotEqualTo(list);
  }

  private static void assertRefused(byte[] before, byte[] patch, int length, String why) {
    assertThatThrownBy(() -> Delta.apply(before.clone(), patch, length))
        .isInstanceOf(DeltaException.class)
        .hasMessage(why);
  }

  /** Another edition's bytes are no error that a patch could notice; the hash does. */
  private static byte[] applied(byte[] before, byte[] patch, int length) {
    try {
      return Delta.apply(before, patch, length);
    } catch (DeltaException e) {
      return new byte[0];
    }
  }
}
