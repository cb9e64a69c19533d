package org.tidegate.filter.list;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tidegate.filter.url.CanonicalUrl;

class ListReaderPropertyTest {
  private static final List<String> FORMATS =
      List.of(
          "native",
          "urls",
          "domains",
          "hosts",
          "squidguard/domains",
          "squidguard/urls",
          "adblock",
          "rpz");
  private static final String[] PIECES = {
    "a.example", "host", "/", "\\", "?", "#", "@", ":", "80", "=", "*", ".", "..", "%2f", "%2e",
    " ", "\t", "\r", "\n", "||", "^", "(", ")", "\"", ";", "$ORIGIN", "CNAME", "http://", "[", "]",
    "::1", "192.0.2.1", "\u0000", "\u00ff", "\u00ef\u00bb\u00bf", "rpz-passthru.", "IN"
  };

  @Test
  void noTextMakesAReaderThrow() {
    long seed = 99;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 5_000; i++) {
      byte[] text = text(random, 1 + random.nextInt(30)).getBytes(ISO_8859_1);
      for (String format : FORMATS) {
        assertThatCode(() -> ReadLines.of(format, text))
            .as("seed %d, case %d, %s", seed, i, format)
            .doesNotThrowAnyException();
      }
    }
  }

  /** A prefix or domain is only where the publisher spelled one. */
  @Test
  void aNativeEntryIsNoWiderThanItsSpelling() {
    long seed = 100;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 5_000; i++) {
      String line = "a.example" + text(random, 1 + random.nextInt(6)).replaceAll("[\\r\\n]", "");
      for (ListEntry entry : ReadLines.of("native", line.getBytes(ISO_8859_1)).entries) {
        String seen = line.replaceAll("(\u00ef\u00bb\u00bf|[\u0000- ])+$", "");
        String spelled = seen.replaceAll("#.*", "").replace("\t", "").trim();
        String path = spelled.replaceAll("\\?.*", "");
        assertThat(entry.scope())
            .as("seed %d, case %d", seed, i)
            .isEqualTo(
                spelled.contains("?")
                    ? Scope.EXACT
                    : path.endsWith("/") || path.endsWith("\\")
                        ? Scope.PREFIX
                        : path.matches(".*[/\\\\].*") ? Scope.PAGE : Scope.DOMAIN);
      }
    }
  }

  /** White space around a line means nothing, and keeps it from the short way. */
  @Test
  void theShortWayIsTheLongOne() {
    long seed = 101;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      String line =
          (random.nextInt(4) == 0 ? "=" : random.nextInt(4) == 0 ? "http://" : "")
              + (random.nextInt(8) == 0 ? "192.0.2.1" : "a.example")
              + text(random, random.nextInt(4)).replaceAll("[\\r\\n]", "");
      for (String format : List.of("native", "urls", "domains")) {
        assertThat(ReadLines.of(format, line.getBytes(ISO_8859_1)).found)
            .as("seed %d, case %d, %s", seed, i, format)
            .isEqualTo(ReadLines.of(format, (" " + line).getBytes(ISO_8859_1)).found);
      }
    }
  }

  @Test
  void whatCoversAUrlIsListedFromTheShortestDomainToTheExactPage() {
    CanonicalUrl url = CanonicalUrl.parse("http://b.a.example:8080/x/y?q").orElseThrow();

    assertThat(ListEntry.covering(url))
        .extracting(entry -> entry.scope() + " " + entry.text())
        .containsExactly(
            "DOMAIN example",
            "DOMAIN a.example",
            "DOMAIN b.a.example",
            "HOST b.a.example",
            "PREFIX b.a.example:8080/",
            "PREFIX b.a.example:8080/x/",
            "PAGE b.a.example:8080/x/y",
            "EXACT b.a.example:8080/x/y?q");
  }

  private static String text(SplittableRandom random, int pieces) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }
}
