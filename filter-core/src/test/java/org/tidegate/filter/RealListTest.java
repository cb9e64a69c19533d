package org.tidegate.filter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidegate.filter.index.Compilation;
import org.tidegate.filter.index.ListCompiler;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.filter.index.TestLists;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.list.ListFormat;
import org.tidegate.filter.list.ListSink;
import org.tidegate.filter.list.RefusalReason;
import org.tidegate.filter.url.CanonicalUrl;
import org.tidegate.filter.url.SharedData;

/** A real feed as the list, judged by itself and by what a user browses. */
@Tag("peers")
class RealListTest {
  private int refused;

  @Test
  void theFeedBlocksItselfAndNothingHarmless() throws IOException, ListFormatException {
    UrlFilter filter = new UrlFilter(TestLists.KEY);
    Compilation made = compile("phishing-urls.txt.gz");
    filter.install(TestLists.open(made));

    Counts feed = check(filter, "phishing-urls.txt.gz");
    Counts benign = check(filter, "benign-urls.txt.gz");

    assertThat(feed.allowed).isZero();
    assertThat(feed.invalid).isEqualTo(refused).isLessThan((feed.blocked + feed.invalid) / 1000);
    assertThat(benign.blocked).isZero();
    assertThat(benign.invalid).isLessThan(benign.allowed / 500);
    assertThat(made.entries() + made.duplicates() + refused).isEqualTo(feed.blocked + feed.invalid);
  }

  private static final class Counts {
    int allowed;
    int blocked;
    int invalid;
  }

  private static Counts check(UrlFilter filter, String file) throws IOException {
    Counts counts = new Counts();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(SharedData.open(file), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Optional<CanonicalUrl> url = CanonicalUrl.parse(line);
        if (url.isEmpty()) {
          counts.invalid++;
        } else if (filter.check(url.get()) instanceof Verdict.Blocked) {
          counts.blocked++;
        } else {
          counts.allowed++;
        }
      }
    }
    return counts;
  }

  private Compilation compile(String file) throws IOException {
    ListCompiler compiler = new ListCompiler(TestLists.KEY, "real", 1, TestLists.CREATED);
    try (InputStream in = SharedData.open(file)) {
      ListFormat.URLS.read(
          in,
          new ListSink() {
            @Override
            public void entry(int line, ListEntry entry) {
              compiler.add(entry, line);
            }

            @Override
            public void refused(int line, RefusalReason reason) {
              refused++;
            }

            @Override
            public void skipped(int line) {}
          });
    }
    return TestLists.compile(compiler);
  }
}
