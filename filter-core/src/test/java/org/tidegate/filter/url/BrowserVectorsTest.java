package org.tidegate.filter.url;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The vectors that browsers are tested with: what they read alike is canonically one. */
@Tag("peers")
class BrowserVectorsTest {
  /** C7 takes away the second dot, and C9 then sees a number at the end: invalid both ways. */
  private static final Set<String> BROWSERS_READ_WE_DO_NOT =
      Set.of("http://./", "http://../", "http://foo.09..");

  /** What fails there is the base, and an absolute URL needs none. */
  private static final Set<String> FAIL_FOR_THEIR_BASE = Set.of("https://www.google.com");

  /** Hosts with U+3E8AC, which newer Unicode versions than that of the vectors have assigned. */
  private static final String ASSIGNED_SINCE = "\ud8ba\udcac";

  @Test
  void whatBrowsersReadAlikeIsOne() throws IOException {
    List<String> wrong = new ArrayList<>();
    int count = 0;
    for (String file : List.of("wpt/urltestdata.json.gz", "wpt/ada_extra_urltestdata.json")) {
      for (JsonObject test : SharedData.cases(file)) {
        if (applies(test) && test.has("href")) {
          count++;
          String input = test.get("input").getAsString();
          String expected = canonical(test.get("href").getAsString());
          boolean readable = !expected.equals("INVALID") || BROWSERS_READ_WE_DO_NOT.contains(input);
          if (!readable || !canonical(input).equals(expected)) {
            wrong.add(input + " -> " + canonical(input) + " (expected: " + expected + ")");
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(count).isGreaterThan(150);
  }

  @Test
  void whatBrowsersRefuseIsInvalid() throws IOException {
    List<String> wrong = new ArrayList<>();
    int count = 0;
    for (String file : List.of("wpt/urltestdata.json.gz", "wpt/ada_extra_urltestdata.json")) {
      for (JsonObject test : SharedData.cases(file)) {
        String input = test.get("input").getAsString();
        if (applies(test) && test.has("failure") && !FAIL_FOR_THEIR_BASE.contains(input)) {
          count++;
          if (!canonical(input).equals("INVALID")) {
            wrong.add(input + " -> " + canonical(input));
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(count).isGreaterThan(100);
  }

  @Test
  void hostsGoToAsciiAsInBrowsers() throws IOException {
    List<String> wrong = new ArrayList<>();
    int count = 0;
    for (String file : List.of("wpt/IdnaTestV2.json.gz", "wpt/toascii.json")) {
      for (JsonObject test : SharedData.cases(file)) {
        String input = test.get("input").getAsString();
        if (input.contains(ASSIGNED_SINCE)) {
          continue;
        }
        count++;
        String expected = "INVALID";
        if (!test.get("output").isJsonNull()) {
          expected = withoutEmptyLabels(test.get("output").getAsString());
        }
        if (!host(input).equals(expected) || !canonical("http://" + input).equals(url(expected))) {
          wrong.add(input + " -> " + host(input) + " (expected: " + expected + ")");
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(count).isGreaterThan(2700);
  }

  @Test
  void escapesOfTextAreThoseOfUtf8() throws IOException {
    for (JsonObject test : SharedData.cases("wpt/percent-encoding.json")) {
      String input = test.get("input").getAsString();
      String output = test.getAsJsonObject("output").get("utf-8").getAsString();
      assertThat(canonical("http://host.example/?" + input))
          .isEqualTo(canonical("http://host.example/?" + output));
    }
  }

  @Test
  void longLabelsAreRead() throws IOException {
    for (JsonObject test : SharedData.cases("wpt/ada_long_urltestdata.json")) {
      String href = test.get("href").getAsString();
      assertThat(canonical(test.get("input").getAsString()))
          .isEqualTo(href.substring("http://".length()));
    }
  }

  /** Absolute http and https; a relative one needs a base with another scheme or none. */
  private static boolean applies(JsonObject test) {
    String input = test.get("input").getAsString().strip().toLowerCase(Locale.ROOT);
    boolean http = input.startsWith("http:") || input.startsWith("https:");
    boolean absolute = input.matches("(?s)https?:[/\\\\]{2}.*");
    boolean base = test.has("base") && !test.get("base").isJsonNull();
    return http && (absolute || !base);
  }

  private static String withoutEmptyLabels(String host) {
    String dotted = host.replaceAll("\\.+", ".").replaceAll("^\\.|\\.$", "");
    return dotted.isEmpty() ? "INVALID" : dotted;
  }

  private static String url(String host) {
    return host.equals("INVALID") ? host : host + "/";
  }

  private static String canonical(String url) {
    return CanonicalUrl.parse(url).map(CanonicalUrl::text).orElse("INVALID");
  }

  private static String host(String host) {
    return CanonicalHost.parse(host).map(CanonicalHost::text).orElse("INVALID");
  }
}
