package org.tidegate.filter.index;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LongLogTest {
  private static final long NUMBERS = 17_000_000;

  /** More than the chunks that there is room for at first. */
  @Test
  void keepsAllInOrder() {
    LongLog log = new LongLog();
    for (long i = 0; i < NUMBERS; i++) {
      log.add(3 * i);
    }
    log.set(NUMBERS - 1, 7);

    assertThat(log.size()).isEqualTo(NUMBERS);
    for (long i = 0; i < NUMBERS - 1; i++) {
      if (log.get(i) != 3 * i) {
        assertThat(log.get(i)).isEqualTo(3 * i);
      }
    }
    assertThat(log.get(NUMBERS - 1)).isEqualTo(7);
  }
}
