package org.tidegate.filter.url;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CanonicalUrlTest {

  static Stream<List<String>> steps() {
    return Stream.of("canonical.tsv", "canonical-safe-browsing.tsv")
        .flatMap(file -> Vectors.rows(file).stream());
  }

  @ParameterizedTest
  @MethodSource("steps")
  void step(List<String> row) {
    assertThat(canonical(Vectors.bytes(row.get(1)))).isEqualTo(unescaped(row.get(2)));
  }

  static Stream<List<String>> groups() {
    return Vectors.rows("canonical-equivalent.tsv").stream();
  }

  @ParameterizedTest
  @MethodSource("groups")
  void everySpellingOfAGroupIsItsFirst(List<String> spellings) {
    assertThat(spellings)
        .extracting(spelling -> canonical(Vectors.bytes(spelling)))
        .containsOnly(unescaped(spellings.get(0)));
  }

  @Test
  void partsAreWhereTheySay() {
    CanonicalUrl url = CanonicalUrl.parse("http://[2001:db8::7]:8080/a/b?q=1").orElseThrow();
    assertThat(url.host().text()).isEqualTo("[2001:db8::7]");
    assertThat(url.port()).isEqualTo(8080);
    assertThat(url.hasQuery()).isTrue();
    assertThat(url.text().substring(url.pathStart(), url.pathEnd())).isEqualTo("/a/b");
    assertThat(url.text().substring(url.pathEnd())).isEqualTo("?q=1");
    assertThat(url.bytes()).isEqualTo(url.text().getBytes(UTF_8));
  }

  @Test
  void anEmptyQueryIsAQuery() {
    assertThat(CanonicalUrl.parse("host.example/p?").orElseThrow().hasQuery()).isTrue();
    assertThat(CanonicalUrl.parse("host.example/p").orElseThrow().hasQuery()).isFalse();
  }

  @Test
  void onlyTheRangeIsRead() {
    byte[] bytes = "xxhttp://host.example/pathyy".getBytes(UTF_8);
    assertThat(CanonicalUrl.parse(bytes, 2, bytes.length - 2).orElseThrow().text())
        .isEqualTo("host.example/path");
    byte[] odd = "xxhttp://HOST.example/pathyy".getBytes(UTF_8);
    assertThat(CanonicalUrl.parse(odd, 2, odd.length - 2).orElseThrow().text())
        .isEqualTo("host.example/path");
  }

  @Test
  void laterChangesOfTheInputDoNotReachTheResult() {
    byte[] bytes = "http://host.example/path".getBytes(UTF_8);
    CanonicalUrl url = CanonicalUrl.parse(bytes, 0, bytes.length).orElseThrow();
    bytes[10] = 'X';
    assertThat(url.text()).isEqualTo("host.example/path");
  }

  @Test
  void aLoneSurrogateIsNoDelimiter() {
    assertThat(CanonicalUrl.parse("host.example/a\ud800b").orElseThrow().text())
        .isEqualTo("host.example/a%EF%BF%BDb");
    assertThat(CanonicalUrl.parse("host.example\udc00/p")).isEmpty();
    assertThat(CanonicalUrl.parse("host.example/\ud83d\ude00").orElseThrow().text())
        .isEqualTo("host.example/%F0%9F%98%80");
  }

  @Test
  void aHostAloneHasNothingAroundIt() {
    assertThat(CanonicalHost.parse("HOST.example.").orElseThrow().text()).isEqualTo("host.example");
    for (String odd :
        List.of("", " ", "host.example:80", "host.example/", "u@host.example", "::1")) {
      assertThat(CanonicalHost.parse(odd)).isEmpty();
    }
    assertThat(CanonicalHost.parse(" host.example")).isEmpty();
    assertThat(CanonicalHost.parse("host.exam\tple")).isEmpty();
  }

  @Test
  void addressesAreKnown() {
    assertThat(CanonicalHost.parse("0xc0000207").orElseThrow().isAddress()).isTrue();
    assertThat(CanonicalHost.parse("[2001:db8::7]").orElseThrow().isAddress()).isTrue();
    assertThat(CanonicalHost.parse("7.example").orElseThrow().isAddress()).isFalse();
  }

  @Test
  void labelsMayBeLongButNotEndless() {
    String label = "\u00fc".repeat(70);
    assertThat(CanonicalHost.parse(label + ".example").orElseThrow().text())
        .startsWith("xn--")
        .endsWith(".example");
    assertThat(CanonicalHost.parse("a".repeat(5000) + ".example")).isPresent();
    assertThat(CanonicalHost.parse("\u00fc".repeat(513))).isEmpty();
    assertThat(CanonicalHost.parse("\u3300".repeat(512))).isEmpty();
    assertThat(CanonicalHost.parse("\u00fc.xn--" + "a".repeat(500))).isEmpty();
  }

  @Test
  void nothingIsDisclosed() {
    CanonicalUrl url = CanonicalUrl.parse("host.example/p").orElseThrow();
    assertThat(url.toString() + url.host()).doesNotContain("example");
  }

  static String canonical(byte[] url) {
    return CanonicalUrl.parse(url, 0, url.length).map(CanonicalUrl::text).orElse("INVALID");
  }

  private static String unescaped(String field) {
    return new String(Vectors.bytes(field), UTF_8);
  }
}
