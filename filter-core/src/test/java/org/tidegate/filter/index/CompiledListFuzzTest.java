package org.tidegate.filter.index;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.tidegate.filter.url.CanonicalUrl;

class CompiledListFuzzTest {
  private static final byte[] GOOD =
      TestLists.compilation(TestLists.KEY, "fuzz", "a.example/b/", "c.example", "d.example/e")
          .bytes();

  /** The input is laid over a good list, sealed: opening fails as declared, or the list answers. */
  @FuzzTest
  void opensOrRefuses(byte[] input) {
    byte[] bytes = GOOD.clone();
    for (int i = 0; i + 2 < input.length; i += 3) {
      bytes[((input[i] & 0xFF) << 8 | (input[i + 1] & 0xFF)) % bytes.length] = input[i + 2];
    }
    open(SealedLists.seal(bytes));
    open(input);
  }

  private static void open(byte[] bytes) {
    CompiledList list;
    try {
      list = CompiledList.open(bytes);
    } catch (ListFormatException e) {
      return;
    }
    CanonicalUrl.parse("x.a.example/b/c").ifPresent(u -> list.find(new Lookup(TestLists.KEY, u)));
  }
}
