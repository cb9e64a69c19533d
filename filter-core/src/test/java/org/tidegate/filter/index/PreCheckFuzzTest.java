package org.tidegate.filter.index;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.url.UrlView;

class PreCheckFuzzTest {
  private static final byte[] URL = "x.a.example/b/c?d".getBytes(US_ASCII);
  private static final byte[] GOOD = good();

  /** Any bytes, and a good pre-check with the input laid over it: refused, or it answers. */
  @FuzzTest
  void opensOrRefuses(byte[] input) {
    byte[] bytes = GOOD.clone();
    System.arraycopy(input, 0, bytes, 0, Math.min(input.length, bytes.length));
    open(bytes);
    open(input);
  }

  private static void open(byte[] bytes) {
    try {
      UrlView url = new UrlView();
      url.read(URL, 0, URL.length);
      PreCheck.open(bytes, TestLists.KEY).mightCover(url);
    } catch (ListFormatException e) {
      return;
    }
  }

  private static byte[] good() {
    PreCheckCompiler compiler = new PreCheckCompiler(TestLists.KEY);
    compiler.add(ListEntry.domain(TestLists.host("a.example")));
    return compiler.compile();
  }
}
