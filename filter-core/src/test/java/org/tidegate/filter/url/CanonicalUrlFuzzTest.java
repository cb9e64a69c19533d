package org.tidegate.filter.url;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

class CanonicalUrlFuzzTest {

  @FuzzTest
  void anyBytesAreStableOrInvalid(byte[] url) {
    CanonicalUrl.parse(url, 0, url.length).ifPresent(CanonicalUrlFuzzTest::requireStable);
  }

  private static void requireStable(CanonicalUrl url) {
    byte[] text = url.bytes();
    CanonicalUrl again = CanonicalUrl.parse(text, 0, text.length).orElseThrow();
    CanonicalUrl steps = UrlRewrite.parse(text, 0, text.length).orElseThrow();
    if (!Arrays.equals(again.bytes(), text) || !Arrays.equals(steps.bytes(), text)) {
      throw new AssertionError("canonical form isn't stable");
    }
  }
}
