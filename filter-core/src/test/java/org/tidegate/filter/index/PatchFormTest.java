package org.tidegate.filter.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PatchFormTest {
  private static final long SEED = 20261126;

  @Test
  void aSlotHasTheDifferenceToTheOneBefore() {
    byte[] list = list(40);
    EditedList before = new EditedList(list);

    byte[] form = made(list);

    int last = 0;
    for (int slot = 0; slot < before.words(ListHeader.HOSTS); slot += 2) {
      int index = (int) before.word(ListHeader.HOSTS, slot + 1);
      long rest = before.word(ListHeader.HOSTS, slot + 1) >>> 32 << 32;
      before.word(ListHeader.HOSTS, slot + 1, rest | index - last);
      last = index;
    }
    assertThat(new EditedList(form).sections).isDeepEqualTo(before.sections);
    assertThat(Arrays.copyOf(form, ListHeader.BYTES)).isEqualTo(before.head);
    assertThat(undone(form)).isEqualTo(list);
  }

  @Test
  void oneRuleMoreChangesItsSlotAndTheNext() {
    byte[] before = list(40);
    byte[] after =
        TestLists.compilation(
                TestLists.KEY,
                "a",
                pages(IntStream.concat(IntStream.range(0, 40), IntStream.of(1007))))
            .bytes();

    assertThat(slotsThatDiffer(made(before), made(after))).isEqualTo(2);
  }

  @Test
  void whateverTheBytesTheyComeBack() {
    SplittableRandom random = new SplittableRandom(SEED);
    byte[] list = list(3);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = Arrays.copyOf(list, random.nextInt(list.length + 40));
      for (int change = random.nextInt(4); change > 0 && bytes.length > 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      assertThat(undone(made(bytes))).as("seed %d, case %d", SEED, i).isEqualTo(bytes);
    }
  }

  @Test
  void lengthsThatCannotBeLeaveTheBytesAsTheyAre() {
    byte[] list = list(40);
    int length = list.length - ListHeader.BYTES;
    for (int stated : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, length + 1}) {
      byte[] bytes = list.clone();
      LittleEndian.putInt(bytes, 128, stated);
      assertThat(made(bytes)).isEqualTo(bytes);
    }
    byte[] whole = list.clone();
    LittleEndian.putInt(whole, 128, length);
    assertThat(made(whole)).isNotEqualTo(whole);
  }

  private static byte[] made(byte[] list) {
    byte[] form = list.clone();
    PatchForm.make(form);
    return form;
  }

  private static byte[] undone(byte[] form) {
    byte[] list = form.clone();
    PatchForm.undo(list);
    return list;
  }

  private static long slotsThatDiffer(byte[] one, byte[] other) {
    byte[] slots = new EditedList(one).sections[ListHeader.HOSTS];
    byte[] others = new EditedList(other).sections[ListHeader.HOSTS];
    assertThat(slots.length).isEqualTo(others.length);
    return IntStream.range(0, slots.length / 16)
        .filter(i -> !Arrays.equals(slots, 16 * i, 16 * i + 16, others, 16 * i, 16 * i + 16))
        .count();
  }

  private static byte[] list(int pages) {
    return TestLists.compilation(TestLists.KEY, "a", pages(IntStream.range(0, pages))).bytes();
  }

  /** Of a thousand hosts. */
  private static String[] pages(IntStream numbers) {
    return numbers.mapToObj(i -> "h" + i % 1000 + ".example/" + i).toArray(String[]::new);
  }
}
