package org.tidegate.filter;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListCompiler;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.filter.index.ListKey;
import org.tidegate.filter.index.TestLists;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.filter.url.CanonicalUrl;

/** Editions follow each other while others ask: never a wrong verdict or none, nothing is kept. */
class InstallsTest {
  private static final ListKey OTHER_KEY = ListKey.of("other-key-012345".getBytes(US_ASCII));
  private static final int ASKING = 2;
  private static final long MEGABYTE = 1 << 20;

  private final UrlFilter filter = new UrlFilter(TestLists.KEY);
  private final AtomicBoolean over = new AtomicBoolean();

  @Test
  void installsUnderLoad() throws Exception {
    install(60, 2_000);
  }

  @Test
  @Tag("nightly")
  void aThousandInstallsUnderLoad() throws Exception {
    install(1_000, 100_000);
  }

  @Test
  void whoAskedLastHoldsNoReplacedList() throws ListFormatException {
    WeakReference<CompiledList> replaced = askedAndReplaced();
    for (int i = 0; i < 50 && replaced.get() != null; i++) {
      System.gc();
    }

    assertThat(replaced.get()).isNull();
  }

  private WeakReference<CompiledList> askedAndReplaced() throws ListFormatException {
    CompiledList list = edition(1, 10);
    filter.install(list);
    assertThat(isBlocked("edition-1.example/")).isTrue();
    filter.install(edition(2, 10));
    return new WeakReference<>(list);
  }

  @Test
  void whatIsBuiltOfListsThatStayIsKept() throws ListFormatException {
    UrlFilter two = new UrlFilter(TestLists.KEY, OTHER_KEY);
    two.install(TestLists.compile("one", "a.example"));
    two.install(TestLists.open(TestLists.compilation(OTHER_KEY, "two", "b.example")));
    two.install(TestLists.open(TestLists.compilation(OTHER_KEY, "three", "c.example")));
    Snapshot before = two.snapshot();

    two.install(TestLists.compile("one", "d.example"));

    assertThat(two.snapshot().keyed()[0]).isNotSameAs(before.keyed()[0]);
    assertThat(two.snapshot().keyed()[1]).isSameAs(before.keyed()[1]);
  }

  private void install(int editions, int entries) throws Exception {
    filter.install(TestLists.compile("other", "other.example", "always.example/other"));
    filter.install(edition(0, entries));
    ExecutorService threads = Executors.newFixedThreadPool(ASKING);
    try {
      List<Future<Long>> asked = new ArrayList<>();
      for (int i = 0; i < ASKING; i++) {
        asked.add(threads.submit(this::ask));
      }
      long before = usedBytes();
      for (int edition = 1; edition <= editions; edition++) {
        filter.install(edition(edition, entries));
        assertThat(isBlocked("edition-" + edition + ".example/")).isTrue();
        assertThat(isBlocked("edition-" + (edition - 1) + ".example/")).isFalse();
      }
      long kept = usedBytes() - before;
      over.set(true);
      for (Future<Long> count : asked) {
        assertThat(count.get()).isPositive();
      }
      assertThat(kept).isLessThan(16 * MEGABYTE);
    } finally {
      over.set(true);
      threads.shutdownNow();
    }
  }

  /** Asks until it is over; answers how often. */
  private long ask() {
    long asked = 0;
    while (!over.get()) {
      assertThat(isBlocked("www.always.example/x?q=" + asked)).isTrue();
      assertThat(isBlocked("h7.example/page")).isTrue();
      assertThat(isBlocked("h7.example/other")).isFalse();
      assertThat(isBlocked("never-" + asked + ".example/")).isFalse();
      asked += 4;
    }
    return asked;
  }

  private boolean isBlocked(String url) {
    Verdict verdict = filter.check(CanonicalUrl.parse(url).orElseThrow());
    assertThat(verdict).isNotInstanceOf(Verdict.Undecided.class);
    return verdict instanceof Verdict.Blocked;
  }

  private static CompiledList edition(int number, int entries) throws ListFormatException {
    ListCompiler compiler = new ListCompiler(TestLists.KEY, "edition", number, TestLists.CREATED);
    compiler.add(ListEntry.domain(host("always.example")), 1);
    compiler.add(ListEntry.host(host("edition-" + number + ".example")), 2);
    for (int i = 0; i < entries; i++) {
      compiler.add(ListEntry.page(CanonicalUrl.parse("h" + i + ".example/page").orElseThrow()), 3);
    }
    return CompiledList.open(compiler.compile().bytes());
  }

  private static CanonicalHost host(String name) {
    return CanonicalHost.parse(name).orElseThrow();
  }

  private static long usedBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
