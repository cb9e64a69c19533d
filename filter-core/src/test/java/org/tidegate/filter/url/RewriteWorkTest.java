package org.tidegate.filter.url;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, what is allocated for it stays within a multiple of its length. */
class RewriteWorkTest {
  private static final int LONG = 8_192;
  private static final int BYTES_A_BYTE = 24;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%25", "%2525", "/../", "/./", "/a/..", "%2e%2e/", "//", "\\", "ü", "%", "%2", "@", "#",
        "?", "&%26", "a."
      })
  void isLinearInTheLength(String unit) {
    for (String before : new String[] {"http://host.example/", "http://", "http://host.example?"}) {
      long once = allocated(before, unit, LONG);
      assertThat(once).isLessThan(BYTES_A_BYTE * LONG);
      assertThat(allocated(before, unit, 4 * LONG)).isLessThanOrEqualTo(5 * once);
    }
  }

  private static long allocated(String before, String unit, int length) {
    byte[] url = (before + unit.repeat(length / unit.getBytes(UTF_8).length)).getBytes(UTF_8);
    UrlView view = new UrlView();
    read(view, url);
    long begun = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    read(view, url);
    return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - begun;
  }

  private static void read(UrlView view, byte[] url) {
    if (view.read(url, 0, url.length)) {
      view.readPath();
    }
  }
}
