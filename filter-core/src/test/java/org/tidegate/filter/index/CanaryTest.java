package org.tidegate.filter.index;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidegate.filter.url.CanonicalHost;

class CanaryTest {
  @ParameterizedTest
  @CsvSource({
    "iwf.canary.invalid, true",
    "IWF.Canary.Invalid., true",
    "a.b.canary.invalid, true",
    "canary.invalid, false",
    "iwfcanary.invalid, false",
    "iwf.canary.invalid.example, false",
    "192.0.2.1, false"
  })
  void aCanaryIsKnownByItsName(String host, boolean canary) {
    assertThat(CanonicalHost.parse(host).map(CompiledList::isCanary)).hasValue(canary);
  }
}
