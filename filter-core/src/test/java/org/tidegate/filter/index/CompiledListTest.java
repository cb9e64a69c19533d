package org.tidegate.filter.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.tidegate.filter.index.ListFormatException.Reason;
import org.tidegate.filter.list.Scope;
import org.tidegate.filter.url.CanonicalUrl;

class CompiledListTest {
  private static final String[] LINES = {
    "domain.example",
    "=host.example",
    "host.example/path/",
    "host.example/page.html",
    "host.example/page?q=1",
    "www.other.example/page"
  };

  private final byte[] good = TestLists.compilation(TestLists.KEY, "small", LINES).bytes();

  @Test
  void tellsWhatItIs() throws ListFormatException {
    CompiledList list = CompiledList.open(good);

    assertThat(list.name()).isEqualTo("small");
    assertThat(list.serial()).isEqualTo(1);
    assertThat(list.created()).isEqualTo(TestLists.CREATED);
    assertThat(list.keyId()).isEqualTo(TestLists.KEY.id());
    assertThat(list.entries()).isEqualTo(6);
    assertThat(list.entries(Scope.PAGE)).isEqualTo(2);
    assertThat(list).hasToString("CompiledList[small, serial 1, 6 entries]");
  }

  @Test
  void everyFlippedBitIsNoticed() {
    for (int bit = 0; bit < 8 * good.length; bit++) {
      byte[] damaged = good.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);

      assertThatThrownBy(() -> CompiledList.open(damaged))
          .as("bit %d", bit)
          .isInstanceOf(ListFormatException.class);
    }
  }

  @Test
  void everyTruncationIsNoticed() {
    for (int length = 0; length < good.length; length++) {
      byte[] cut = Arrays.copyOf(good, length);

      assertThatThrownBy(() -> CompiledList.open(cut)).isInstanceOf(ListFormatException.class);
      assertThatThrownBy(() -> CompiledList.open(SealedLists.seal(cut)))
          .isInstanceOf(ListFormatException.class);
    }
  }

  @Test
  void noByteMayFollow() {
    assertReason(Arrays.copyOf(good, good.length + 8), Reason.LENGTH);
  }

  @Test
  void eachRefusalHasItsReason() {
    assertReason(new byte[100], Reason.NO_COMPILED_LIST);
    assertReason(tampered(bytes -> bytes[8] = 1), Reason.FORMAT_VERSION);
    assertReason(tampered(bytes -> bytes[72] = 2), Reason.CANONICALISER_VERSION);
    assertReason(Arrays.copyOf(good, 50), Reason.LENGTH);
    byte[] unsealed = good.clone();
    unsealed[good.length - 1]++;
    assertReason(unsealed, Reason.CHECKSUM);
    assertReason(tampered(bytes -> bytes[100]++), Reason.STRUCTURE);
    assertReason(tampered(bytes -> bytes[16] = 'A'), Reason.STRUCTURE);
    assertReason(tampered(bytes -> bytes[40] = 'a'), Reason.STRUCTURE);
  }

  /** A hostile file with right checksums: an error when opened, or a list that answers. */
  @Test
  void tamperingNeverMakesItThrow() {
    long seed = 20261101;
    SplittableRandom random = new SplittableRandom(seed);
    CanonicalUrl url = CanonicalUrl.parse("host.example/path/page?q=1").orElseThrow();
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = good.clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        int at =
            random.nextBoolean() ? random.nextInt(ListHeader.BYTES) : random.nextInt(good.length);
        damaged[at] = (byte) random.nextInt(256);
      }
      Throwable thrown =
          catchThrowable(
              () ->
                  CompiledList.open(SealedLists.seal(damaged))
                      .find(new Lookup(TestLists.KEY, url)));

      if (thrown != null) {
        assertThat(thrown).as("seed %d, case %d", seed, i).isInstanceOf(ListFormatException.class);
      }
    }
  }

  private byte[] tampered(Consumer<byte[]> change) {
    byte[] bytes = good.clone();
    change.accept(bytes);
    return SealedLists.seal(bytes);
  }

  private static void assertReason(byte[] bytes, Reason reason) {
    assertThatThrownBy(() -> CompiledList.open(bytes))
        .isInstanceOfSatisfying(
            ListFormatException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
