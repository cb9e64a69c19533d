package org.tidegate.filter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
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
import org.tidegate.filter.url.SpellingTricks;

/** The filter against the reference matcher, on lists and URLs that nearly meet. */
class UrlFilterPropertyTest {
  private static final String[] LABELS = {
    "a", "b", "aa", "ab", "example", "test", "www", "co", "crowded-label", "longer-than-eight"
  };
  private static final String[] SEGMENTS = {
    "", "a", "b", "aa", "page.html", "path", "pathology", "a-longer-segment", "%25", ";x"
  };
  private static final String[] QUERIES = {"", "", "", "?", "?q", "?q=1", "?q=1&r=2"};
  private static final String[] PORTS = {"", "", "", "", ":8080", ":80", ":8443"};

  private static final ListKey OTHER_KEY = ListKey.of("other-key-012345".getBytes(US_ASCII));

  @Test
  void agreesWithTheReference() throws ListFormatException {
    compare(4242, 400, 300);
  }

  @Test
  void agreesWithTheReferenceOnCrowdedLists() throws ListFormatException {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 8; i++) {
      List<ListEntry> entries = entries(random, 60);
      for (int host = 0; host < 2800; host++) {
        entries.add(ListEntry.host(host("h" + host + (host % 2 == 0 ? ".a" : "") + ".co.test")));
      }
      if (i % 2 == 0) {
        entries.add(ListEntry.domain(host((i % 4 == 0 ? "" : "a.") + "co.test")));
      }
      UrlFilter filter = new UrlFilter(TestLists.KEY, OTHER_KEY);
      install(entries, 1 + i / 2, 1, filter);
      compareUrls(random, 7, entries, 1500, filter);
    }
  }

  /** Ten million pairs. */
  @Test
  @Tag("nightly")
  void agreesWithTheReferenceAtLength() throws ListFormatException {
    compare(20_261_125, 20_000, 500);
  }

  /** More lists than a word has bits, so that some share theirs. */
  @Test
  void agreesWithTheReferenceOnManyLists() throws ListFormatException {
    SplittableRandom random = new SplittableRandom(99);
    for (int i = 0; i < 20; i++) {
      UrlFilter filter = new UrlFilter(TestLists.KEY, OTHER_KEY);
      List<ListEntry> entries = entries(random, 60);
      install(entries, 40, 1 + i % 2, filter);
      compareUrls(random, 99, entries, 500, filter);
    }
  }

  private static void compare(long seed, int lists, int urls) throws ListFormatException {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < lists; i++) {
      compareList(random, seed, entries(random, 1 + random.nextInt(30)), urls);
    }
  }

  private static void compareList(
      SplittableRandom random, long seed, List<ListEntry> entries, int urls)
      throws ListFormatException {
    UrlFilter filter = new UrlFilter(TestLists.KEY, OTHER_KEY);
    install(entries, random.nextInt(1, 5), random.nextInt(1, 3), filter);
    compareUrls(random, seed, entries, urls, filter);
  }

  private static void compareUrls(
      SplittableRandom random, long seed, List<ListEntry> entries, int urls, UrlFilter filter) {
    SpellingTricks tricks = new SpellingTricks(random);
    for (int i = 0; i < urls; i++) {
      CanonicalUrl url = url(random);
      boolean blocked = filter.check(url) instanceof Verdict.Blocked;
      String spelling = spelling(tricks, url);
      assertThat(isBlocked(filter, "http://" + url.text())).isEqualTo(blocked);
      assertThat(isBlocked(filter, spelling))
          .as("seed %d, url %s", seed, spelling)
          .isEqualTo(blocked);
      boolean hostBlocked = filter.check(url.host()) instanceof Verdict.Blocked;
      if (blocked != ReferenceMatcher.covers(entries, url)
          || hostBlocked != ReferenceMatcher.covers(entries, url.host())) {
        assertThat(blocked)
            .as("seed %d, url %s, entries %s", seed, url.text(), texts(entries))
            .isEqualTo(ReferenceMatcher.covers(entries, url));
        assertThat(hostBlocked)
            .as("seed %d, host %s, entries %s", seed, url.host().text(), texts(entries))
            .isEqualTo(ReferenceMatcher.covers(entries, url.host()));
      }
    }
  }

  /** Another spelling of it; of an address there is none that every trick leaves valid. */
  private static String spelling(SpellingTricks tricks, CanonicalUrl url) {
    if (url.host().isAddress()) {
      return url.text();
    }
    String text = url.text();
    return tricks.spell(
        url.host().text(),
        text.substring(url.host().text().length(), url.pathStart()),
        text.substring(url.pathStart(), url.pathEnd()),
        text.substring(url.pathEnd()));
  }

  /** Spread over that many lists, under one key or two. */
  private static void install(List<ListEntry> entries, int lists, int keys, UrlFilter filter)
      throws ListFormatException {
    for (int list = 0; list < lists; list++) {
      int number = list;
      List<ListEntry> part =
          IntStream.range(0, entries.size())
              .filter(i -> i * 7 / 3 % lists == number)
              .mapToObj(entries::get)
              .toList();
      filter.install(compile("list" + list, list % keys == 0 ? TestLists.KEY : OTHER_KEY, part));
    }
  }

  /** By the door that takes bytes, in the midst of others. */
  private static boolean isBlocked(UrlFilter filter, String url) {
    byte[] bytes = ("/.%" + url + "%./x").getBytes(ISO_8859_1);
    Optional<Judgement> judgement = filter.judge(bytes, 3, bytes.length - 4, null);
    return judgement.orElseThrow().verdict() instanceof Verdict.Blocked;
  }

  private static CompiledList compile(String name, ListKey key, List<ListEntry> entries) {
    ListCompiler compiler = new ListCompiler(key, name, 1, TestLists.CREATED);
    for (ListEntry entry : entries) {
      compiler.confirm(entry.host());
      compiler.add(entry, 1);
    }
    return TestLists.open(TestLists.compile(compiler));
  }

  private static List<ListEntry> entries(SplittableRandom random, int count) {
    List<ListEntry> entries = new ArrayList<>();
    while (entries.size() < count) {
      CanonicalUrl url = url(random);
      switch (random.nextInt(5)) {
        case 0 -> entries.add(ListEntry.domain(url.host()));
        case 1 -> entries.add(ListEntry.host(url.host()));
        case 2 -> entries.add(ListEntry.page(url));
        case 3 -> entries.add(ListEntry.exact(url));
        default -> {
          if (url.bytes()[url.pathEnd() - 1] == '/') {
            entries.add(ListEntry.prefix(url));
          }
        }
      }
    }
    return entries;
  }

  private static CanonicalUrl url(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    if (random.nextInt(20) == 0) {
      text.append(random.nextBoolean() ? "192.0.2." + random.nextInt(3) : "[2001:db8::1]");
    } else {
      text.append(pick(random, LABELS));
      for (int more = random.nextInt(4); more > 0; more--) {
        text.append('.').append(pick(random, LABELS));
      }
    }
    text.append(pick(random, PORTS));
    for (int more = random.nextInt(4); more > 0; more--) {
      text.append('/').append(pick(random, SEGMENTS));
    }
    text.append(random.nextBoolean() ? "/" : "/x").append(pick(random, QUERIES));
    return CanonicalUrl.parse("http://" + text).orElseThrow();
  }

  private static String pick(SplittableRandom random, String[] from) {
    return from[random.nextInt(from.length)];
  }

  private static CanonicalHost host(String text) {
    return CanonicalHost.parse(text).orElseThrow();
  }

  private static List<String> texts(List<ListEntry> entries) {
    return entries.stream().map(e -> e.scope() + " " + e.text()).toList();
  }
}
