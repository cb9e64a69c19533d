package org.tidegate.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidegate.sync.tuf.ReasonCode;
import org.tidegate.sync.tuf.RefusedException;
import org.tidegate.sync.tuf.Target;

class SizeGuardTest {
  @Test
  void anEditionWithoutAnEntryIsEmpty() {
    assertThat(refusal(5000, 0)).isEqualTo(ReasonCode.EMPTY);
  }

  @ParameterizedTest
  @CsvSource({"1000, 499, SHRUNK", "1000, 2001, GROWN", "2000000000, 1, SHRUNK"})
  void aSuddenChangeIsHeldBack(int before, int after, ReasonCode reason) {
    assertThat(refusal(before, after)).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({"999, 1", "999, 5000", "1000, 500", "1000, 2000"})
  void whatIsSmallOrSteadyIsTaken(int before, int after) {
    assertThatCode(() -> check(before, after)).doesNotThrowAnyException();
  }

  private static ReasonCode refusal(int before, int after) {
    return catchThrowableOfType(RefusedException.class, () -> check(before, after)).reason();
  }

  private static void check(int before, int after) throws RefusedException {
    SizeGuard.check(Optional.of(manifest(1, before)), manifest(2, after));
  }

  private static Manifest manifest(long serial, int entries) {
    Target list = new Target("lists/test/" + serial + ".tgl", 1, "");
    return new Manifest(serial, entries, "", Instant.EPOCH, list, Optional.empty(), List.of());
  }
}
