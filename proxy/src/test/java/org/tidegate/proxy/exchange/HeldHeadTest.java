package org.tidegate.proxy.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tidegate.proxy.upstream.ByteMemory;

class HeldHeadTest {
  private static final int LARGE = 1 << 24;
  private static final byte[] GREEDY = {(byte) 192, 0, 2, 1};
  private static final byte[] OTHER = {(byte) 192, 0, 2, 2};

  private final List<HeldHead> held = new ArrayList<>();

  @AfterEach
  void letGo() {
    held.forEach(head -> head.set(0, GREEDY));
    assertThat(HeldHead.leavesNoRoom(GREEDY)).isFalse();
  }

  private void hold(long bytes, byte[] client) {
    for (long left = bytes; left > 0; left -= LARGE) {
      HeldHead head = new HeldHead();
      head.set(LARGE, client);
      held.add(head);
    }
  }

  @Test
  void oneClientMayTakeHalfAndNoMore() {
    hold(ByteMemory.MOST_HEADS / 2 + 1, GREEDY);
    assertThat(HeldHead.leavesNoRoom(GREEDY)).isTrue();
    assertThat(HeldHead.leavesNoRoom(OTHER)).isFalse();
  }

  @Test
  void allTogetherMayTakeAllAndNoMore() {
    for (byte client = 1; client <= 4; client++) {
      hold(ByteMemory.MOST_HEADS / 4 + 1, new byte[] {10, 0, 0, client});
    }
    assertThat(HeldHead.leavesNoRoom(OTHER)).isTrue();
  }

  @Test
  void whatIsHeldInPlaceOfAnotherCountsOnce() {
    hold(1, GREEDY);
    for (long i = 0; i < ByteMemory.MOST_HEADS / LARGE * 2; i++) {
      held.get(0).set(LARGE, GREEDY);
    }
    assertThat(HeldHead.leavesNoRoom(GREEDY)).isFalse();
  }
}
