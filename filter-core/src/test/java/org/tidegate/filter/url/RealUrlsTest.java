package org.tidegate.filter.url;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real URLs have a canonical form, nearly all, and it is stable. */
@Tag("peers")
class RealUrlsTest {

  @ParameterizedTest
  @CsvSource({"phishing-urls.txt.gz, 300000, 1000", "benign-urls.txt.gz, 20000, 500"})
  void nearlyAllAreReadAndStable(String file, int atLeast, int oneIn) throws IOException {
    List<String> urls = SharedData.lines(file);
    int invalid = 0;
    int unstable = 0;
    int unlike = 0;
    for (String url : urls) {
      byte[] bytes = url.getBytes(UTF_8);
      Optional<CanonicalUrl> found = CanonicalUrl.parse(url);
      Optional<CanonicalUrl> slow = UrlRewrite.parse(bytes, 0, bytes.length);
      if (found.isEmpty()) {
        invalid++;
        continue;
      }
      String text = found.get().text();
      unstable +=
          CanonicalUrl.parse(text).map(CanonicalUrl::text).equals(Optional.of(text)) ? 0 : 1;
      unlike += slow.map(CanonicalUrl::text).equals(Optional.of(text)) ? 0 : 1;
    }
    assertThat(urls.size()).isGreaterThan(atLeast);
    assertThat(invalid).isLessThanOrEqualTo(urls.size() / oneIn);
    assertThat(unstable).isZero();
    assertThat(unlike).isZero();
  }
}
