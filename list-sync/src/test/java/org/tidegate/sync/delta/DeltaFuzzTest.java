package org.tidegate.sync.delta;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.tidegate.filter.index.PatchForm;

/** Whatever stands in a patch or in the bytes that it is applied to, what comes out is bounded. */
class DeltaFuzzTest {
  private static final int LENGTH = 1 << 16;

  @FuzzTest(maxDuration = "30s")
  void anyPatchIsAppliedOrRefused(FuzzedDataProvider data) {
    byte[] before = data.consumeBytes(1 << 10);
    int length = data.consumeInt(0, LENGTH);
    byte[] patch = data.consumeRemainingAsBytes();
    try {
      assertThat(Delta.apply(before, patch, length)).hasSize(length);
    } catch (DeltaException e) {
      assertThat(e.getMessage()).doesNotContain("\n");
    }
  }

  @FuzzTest(maxDuration = "30s")
  void theFormOfAnyBytesIsUndone(byte[] bytes) {
    byte[] form = bytes.clone();
    PatchForm.make(form);
    PatchForm.undo(form);
    assertThat(form).isEqualTo(bytes);
  }
}
