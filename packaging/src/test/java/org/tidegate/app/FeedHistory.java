package org.tidegate.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.tidegate.filter.list.ListFormat;
import org.tidegate.filter.url.CanonicalUrl;
import org.tidegate.publish.EntrySource;

/** The editions of a real feed, in their order; read where they lie. */
record FeedHistory(List<FeedHistory.Edition> editions) {
  private static final Path DATA = Path.of("../../shared/data/feed-history.tar.gz");

  /** One edition: a page, with its query if it has one, a line. */
  record Edition(List<String> urls) {

    EntrySource source() {
      byte[] text = String.join("\n", urls).getBytes(ISO_8859_1);
      return sink -> ListFormat.URLS.read(new ByteArrayInputStream(text), sink);
    }

    /** Those of the other edition that no line of this one covers. */
    List<String> uncovered(Edition other) {
      Set<String> listed = new HashSet<>();
      urls.forEach(url -> listed.add(canonical(url)));
      return other.urls.stream().filter(url -> !isCovered(listed, canonical(url))).toList();
    }

    /** In plain words: that very page, or that page whatever the query. */
    private static boolean isCovered(Set<String> listed, String url) {
      return listed.contains(url) || listed.contains(url.split("\\?", 2)[0]);
    }

    private static String canonical(String url) {
      byte[] bytes = url.getBytes(ISO_8859_1);
      return CanonicalUrl.parse(bytes, 0, bytes.length).orElseThrow().text();
    }

    @Override
    public String toString() {
      return "Edition[" + urls.size() + "]";
    }
  }

  static FeedHistory unpack(Path directory) throws IOException, InterruptedException {
    Process tar =
        new ProcessBuilder("tar", "-xzf", DATA.toAbsolutePath().toString())
            .directory(directory.toFile())
            .inheritIO()
            .start();
    assertThat(tar.waitFor()).isZero();
    List<Edition> editions = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory.resolve("feed-history"))) {
      for (Path file : files.sorted().toList()) {
        editions.add(new Edition(Files.readAllLines(file, ISO_8859_1)));
      }
    }
    assertThat(editions).hasSize(120);
    return new FeedHistory(editions);
  }
}
