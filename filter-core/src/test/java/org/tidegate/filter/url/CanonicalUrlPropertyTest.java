package org.tidegate.filter.url;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CanonicalUrlPropertyTest {
  private static final long SEED = 20261101;
  private static final int ROUNDS = Integer.getInteger("tidegate.rounds", 100_000);

  /** What the steps look at, and what they are built to survive. */
  private static final String[] PIECES = {
    "http:",
    "https:",
    "//",
    "/",
    "\\",
    ":",
    "@",
    "?",
    "#",
    "%",
    "%2",
    "%25",
    "%2F",
    "%2e",
    "%3F",
    "%5c",
    "%26",
    "%3b",
    ".",
    "..",
    "/../",
    "/./",
    "[",
    "]",
    "::",
    "[::1]",
    "[::ffff:1.2.3.4]",
    "0x7f",
    "1.2.3.4",
    "256",
    "0",
    "08",
    ":80",
    ":8080",
    "xn--",
    "xn--a",
    "a",
    "F",
    "3",
    "\t",
    "\r",
    "\n",
    " ",
    "\0",
    "ü",
    "。",
    "％",
    "４",
    "\u00ad",
    "ß",
    "\u200d",
    "א",
    "host",
    "example",
    "&",
    "=",
    "+",
    ";",
    "http",
    "80",
    "\ud800",
    "-",
    "_",
    "|",
    "^"
  };

  @Test
  void canonicalTextIsItsOwnCanonicalForm() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < ROUNDS; i++) {
      String url = composed(random);
      assertStable(CanonicalUrl.parse(url), i);
    }
  }

  @Test
  void randomBytesNeitherThrowNorDrift() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      byte[] url = join(i % 2 == 0 ? "http://host.example/" : "", bytes);
      assertStable(CanonicalUrl.parse(url, 0, url.length), i);
    }
  }

  @Test
  void scanAgreesWithTheSteps() {
    SplittableRandom random = new SplittableRandom(SEED);
    int found = 0;
    for (int i = 0; i < ROUNDS; i++) {
      String host = "http://host.example" + (random.nextInt(4) == 0 ? ":8080" : "");
      String url = (random.nextBoolean() ? host + "/" : "") + composed(random);
      byte[] bytes = Utf8.encode(url);
      Optional<CanonicalUrl> scanned = scanned(bytes);
      found += scanned.isPresent() ? 1 : 0;
      if (scanned.isPresent()) {
        CanonicalUrl steps = UrlRewrite.parse(bytes, 0, bytes.length).orElseThrow();
        assertSame(scanned.get(), steps, i);
      }
    }
    assertThat(found).isGreaterThan(ROUNDS / 100);
  }

  /** What is seen before the path is looked at, and after. */
  @Test
  void theViewAgreesWithTheSteps() {
    SplittableRandom random = new SplittableRandom(SEED);
    UrlView view = new UrlView();
    for (int i = 0; i < ROUNDS; i++) {
      String host = random.nextBoolean() ? "http://host.example" : "192.0.2.1:8080";
      byte[] bytes = Utf8.encode((random.nextInt(4) == 0 ? "" : host) + composed(random));
      Optional<CanonicalUrl> steps = UrlRewrite.parse(bytes, 0, bytes.length);

      assertThat(view.read(bytes, 0, bytes.length)).isEqualTo(steps.isPresent());
      if (steps.isPresent()) {
        CanonicalUrl url = steps.get();
        assertThat(hostOf(view)).as("seed %d, %d", SEED, i).isEqualTo(url.host().text());
        assertThat(view.isAddress()).isEqualTo(url.host().isAddress());
        assertThat(view.port()).isEqualTo(url.port());
        view.readPath();
        assertThat(hostOf(view)).isEqualTo(url.host().text());
        assertSame(view.toUrl(), url, i);
      }
    }
  }

  private static String hostOf(UrlView view) {
    int length = view.hostEnd() - view.hostStart();
    return new String(view.bytes(), view.hostStart(), length, ISO_8859_1);
  }

  @Test
  void scanRecognisesWhatTheStepsWrite() {
    SplittableRandom random = new SplittableRandom(SEED);
    SpellingTricks tricks = new SpellingTricks(random);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] plain = String.join("", tricks.plain()).getBytes(ISO_8859_1);
      assertThat(scanned(plain)).as("seed %d, %d", SEED, i).isPresent();
    }
  }

  @Test
  void tricksChangeNothing() {
    SplittableRandom random = new SplittableRandom(SEED);
    SpellingTricks tricks = new SpellingTricks(random);
    for (int i = 0; i < ROUNDS; i++) {
      String[] plain = tricks.plain();
      String spelling = tricks.spell(plain);
      byte[] bytes = spelling.getBytes(ISO_8859_1);
      assertThat(CanonicalUrl.parse(bytes, 0, bytes.length).map(CanonicalUrl::text))
          .as("seed %d, round %d: %s", SEED, i, spelling)
          .contains(String.join("", plain));
    }
  }

  /** Hosts at the length where mapping, ordering and Punycode have most to do. */
  @Test
  void longUnicodeHostsNeitherThrowNorDrift() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder host = new StringBuilder();
      int plane = random.nextInt(4) == 0 ? 0x20000 : 0x10000;
      int from = random.nextInt(plane - 0x200);
      while (host.length() < 510) {
        host.appendCodePoint(from + random.nextInt(0x200));
      }
      assertStable(CanonicalUrl.parse("http://" + host), i);
      assertStable(CanonicalUrl.parse("http://xn--a." + host), i);
    }
  }

  /** Quadratic work on any of these would be seen as a hanging build. */
  @Test
  void longInputIsLinear() {
    String[] units = {
      "%25", "%2525", "/../", "/./", "/..", ".", "/", "\\", "%2e%2e/", "/a/..", "%", "%2", "@", ":",
      "#", "?", "%3F", "a/", "ü", "\u00ad", "\t", "[", "0", "1.", "xn--", "xn--a.", "。",
          "a\u0300\u0323",
      "&%26"
    };
    for (String unit : units) {
      for (String prefix : new String[] {"", "http://", "http://host.example/", "host.example?"}) {
        String url = prefix + unit.repeat((1 << 18) / unit.length());
        assertStable(CanonicalUrl.parse(url), 0);
      }
    }
  }

  /** What the scan makes of it alone. */
  private static Optional<CanonicalUrl> scanned(byte[] url) {
    UrlView view = new UrlView();
    boolean whole = CanonicalScan.host(url, 0, url.length, view) && view.scanPath();
    return whole ? Optional.of(view.toUrl()) : Optional.empty();
  }

  private static void assertStable(Optional<CanonicalUrl> url, int round) {
    if (url.isEmpty()) {
      return;
    }
    CanonicalUrl first = url.get();
    byte[] bytes = first.bytes();
    CanonicalUrl scanned = CanonicalUrl.parse(bytes, 0, bytes.length).orElseThrow();
    assertSame(scanned, first, round);
    assertSame(UrlRewrite.parse(bytes, 0, bytes.length).orElseThrow(), first, round);
    assertThat(CanonicalHost.parse(first.host().text()).orElseThrow().text())
        .isEqualTo(first.host().text());
    assertThat(first.text()).as("seed %d, round %d", SEED, round).matches("[!-~]+");
  }

  private static void assertSame(CanonicalUrl actual, CanonicalUrl expected, int round) {
    assertThat(describe(actual)).as("seed %d, round %d", SEED, round).isEqualTo(describe(expected));
  }

  private static String describe(CanonicalUrl url) {
    return url.host().text()
        + ' '
        + url.port()
        + ' '
        + url.pathStart()
        + ' '
        + url.pathEnd()
        + ' '
        + url.text();
  }

  private static String composed(SplittableRandom random) {
    StringBuilder url = new StringBuilder();
    for (int i = random.nextInt(1, 12); i > 0; i--) {
      url.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return url.toString();
  }

  private static byte[] join(String prefix, byte[] bytes) {
    return (prefix + new String(bytes, ISO_8859_1)).getBytes(ISO_8859_1);
  }
}
