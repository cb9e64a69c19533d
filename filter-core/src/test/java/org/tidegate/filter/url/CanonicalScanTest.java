package org.tidegate.filter.url;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the scan has to recognise: were it rewritten, the verdict would be the same, but slow. */
class CanonicalScanTest {
  private static final String LONGEST_HOST = "abcdefghi.".repeat(5) + "abcdefghi.xyz";

  /** With so many bytes before it and behind it in the array. */
  private static final int MARGIN = 9;

  static Stream<String> canonical() {
    List<String> urls = new ArrayList<>();
    for (int octet : new int[] {0, 1, 9, 10, 19, 99, 100, 109, 199, 200, 249, 255}) {
      urls.add(octet + ".0.2.1/");
      urls.add("1.2.0." + octet + "/a/b");
      urls.add("192." + octet + "." + octet + ".7:8080/");
    }
    for (int port : new int[] {0, 1, 9, 79, 81, 442, 444, 999, 8080, 65534, 65535}) {
      urls.add("host.example:" + port + "/x?y");
    }
    for (int length = 1; length <= 24; length++) {
      String text = "abcdefghijklmnopqrstuvwxyz".substring(0, length);
      urls.add(text + "/");
      urls.add("a.b/" + text);
      urls.add("a.b/" + text + "/");
      urls.add("a.b/" + text + "?" + text);
      urls.add("a.b/?" + text);
    }
    urls.add("a_b-c.0x.example/");
    urls.add("9host.example/");
    urls.add(LONGEST_HOST.substring(1) + "/");
    urls.add("a.b/!$&'()*+,;=:@~_-.x");
    urls.add("a.b/.x/..y/...?/../?#".replace("#", ""));
    return urls.stream();
  }

  @ParameterizedTest
  @MethodSource("canonical")
  void isRecognised(String url) {
    for (String scheme : new String[] {"", "http://", "https://"}) {
      byte[] text = (scheme + url).getBytes(US_ASCII);
      assertRecognised(text, 0, text.length, url);
      for (int before = 0; before <= MARGIN; before++) {
        byte[] within = new byte[before + text.length + MARGIN];
        Arrays.fill(within, (byte) '%');
        System.arraycopy(text, 0, within, before, text.length);
        assertRecognised(within, before, before + text.length, url);
      }
    }
  }

  private static void assertRecognised(byte[] bytes, int from, int to, String url) {
    UrlView view = new UrlView();
    assertThat(CanonicalScan.host(bytes, from, to, view)).isTrue();
    assertThat(view.scanPath()).isTrue();
    assertThat(new String(view.toUrl().bytes(), US_ASCII)).isEqualTo(url);
    UrlView shown = new UrlView();
    shown.show(CanonicalUrl.parse(url).orElseThrow());
    assertThat(view.isAddress()).isEqualTo(shown.isAddress());
    assertThat(view.port()).isEqualTo(shown.port());
    assertThat(view.hostEnd() - view.hostStart()).isEqualTo(shown.hostEnd());
    assertThat(view.pathStart() - view.hostStart()).isEqualTo(shown.pathStart());
    assertThat(view.pathEnd() - view.hostStart()).isEqualTo(shown.pathEnd());
    assertThat(view.end() - view.hostStart()).isEqualTo(shown.end());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "256.0.2.1/",
        "1.2.3.256/",
        "1.2.3/",
        "1.2.3.4.5/",
        "01.2.3.4/",
        "1.2.3.00/",
        "1.2.3.1000/",
        "1..3.4/",
        "1.2.3.4./",
        "a.1/",
        "host.example:80/",
        "host.example:443/",
        "host.example:/",
        "host.example:08080/",
        "host.example:65536/",
        "host.example:123456/",
        ".a.b/",
        "a..b/",
        "a.b./",
        "/",
        "",
        "A.b/",
        "a%62.b/",
        "[2001:db8::1]/",
        "a b/"
      })
  void aHostThatMayHaveToChangeIsNot(String url) {
    byte[] text = url.getBytes(US_ASCII);

    assertThat(CanonicalScan.host(text, 0, text.length, new UrlView())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "?q",
        "/#",
        "/a#b",
        "/a?b#c",
        "/a//b",
        "/a/./b",
        "/a/../b",
        "/a/.",
        "/a/..",
        "/a\\b",
        "/a b",
        "/a?b c",
        "/%41",
        "/a?%41",
        "/\u007f",
        "/a?\u007f",
        "/%2f",
        "/%3",
        "/\u0001"
      })
  void aPathThatHasToChangeIsNot(String path) {
    byte[] text = ("a.b" + path).getBytes(US_ASCII);

    assertThat(CanonicalScan.path(text, 3, text.length)).isEqualTo(UrlView.UNREAD);
  }

  @Test
  void labelsAreFoundInShortHostsAndLongOnes() {
    List<String> hosts =
        new ArrayList<>(
            List.of("a", "a.b", "www.host.example", LONGEST_HOST, LONGEST_HOST + ".a.b"));
    for (int labels = 1; labels < 40; labels++) {
      hosts.add("a.".repeat(labels) + "b");
      hosts.add("a".repeat(labels) + ".bc");
    }
    for (String host : hosts) {
      UrlView view = new UrlView();
      view.show(CanonicalHost.parse(host).orElseThrow());
      int end = host.length();
      while (end > 0) {
        int start = host.lastIndexOf('.', end - 1) + 1;
        assertThat(view.labelStart(end)).isEqualTo(start);
        end = start - 1;
      }
    }
  }

  @Test
  void aHostAloneAndAWholeUrlAreRecognised() {
    byte[] host = "http://host.example".getBytes(US_ASCII);
    byte[] url = "host.example/p?q".getBytes(US_ASCII);
    byte[] dirty = "host.example//p".getBytes(US_ASCII);
    UrlView view = new UrlView();

    assertThat(view.recognise(host, 0, host.length)).isTrue();
    assertThat(view.hasPath()).isFalse();
    assertThat(view.toHost().text()).isEqualTo("host.example");
    assertThat(view.recognise(url, 0, url.length)).isTrue();
    assertThat(view.hasPath()).isTrue();
    assertThat(view.toUrl().text()).isEqualTo("host.example/p?q");
    assertThat(view.recognise(dirty, 0, dirty.length)).isFalse();
    assertThat(view.recognise(host, 0, 0)).isFalse();
  }

  @Test
  void nothingIsDisclosedAndAClearedViewHoldsNothing() {
    CanonicalUrl url = CanonicalUrl.parse("host.example/p").orElseThrow();
    UrlView view = new UrlView();
    view.show(url);

    assertThat(List.of(url.toString(), url.host().toString(), view.toString()))
        .containsExactly("CanonicalUrl", "CanonicalHost", "UrlView");
    view.clear();
    assertThat(view.bytes()).isEmpty();
    assertThat(view.hasPath()).isFalse();
  }
}
