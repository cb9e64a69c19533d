package org.tidegate.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tidegate.app.DemoProof.Answer;
import org.tidegate.app.DemoRow.Expected;
import org.tidegate.filter.list.ListFormat;
import org.tidegate.proxy.upstream.ParentProxy;

/**
 * A real list through the demo's gateway, with a parent that answers whatever is asked: no name is
 * resolved, and nothing leaves the machine.
 */
@Tag("peers")
class RealListDemoIT {
  private static final String LIST = "phishing-urls.txt.gz";
  private static final int REQUESTS = 1_000;

  @Test
  void blocksWhatIsListedAndPassesTheRestByteForByte() throws Exception {
    DemoList.Entries list =
        new DemoList.Entries(
            new ListEntries(
                new ListText(RealData.DIRECTORY.resolve(LIST), ListFormat.URLS),
                List.of(),
                List.of(),
                false,
                new PrintWriter(System.err)),
            false);
    try (DemoOrigin parent = DemoOrigin.start();
        Demo demo = Demo.start(0, list, new ParentProxy("127.0.0.1", parent.address().getPort()))) {
      DemoProof proof = new DemoProof(demo.gatewayAddress(), parent, "Tidegate demo list");
      for (String url : some(LIST)) {
        Answer answer = proof.ask(row(url).request());
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body(UTF_8)).contains("Tidegate demo list");
      }
      assertThat(parent.requests()).isZero();

      for (String url : some("benign-urls.txt.gz")) {
        Answer answer = proof.ask(row(url).request());
        assertThat(answer.status()).isEqualTo(200);
        String[] asked = answer.body(ISO_8859_1).lines().findFirst().orElseThrow().split(" ", 3);
        String path = row(url).startLineOnward().split(" ", 3)[1];
        // Booleans: a failure shows no URL.
        assertThat(asked[1].substring(asked[1].indexOf('/', 8)).equals(path)).isTrue();
      }
      assertThat(parent.requests()).isEqualTo(REQUESTS);
    }
  }

  private static DemoRow row(String url) {
    return DemoRow.get("", Expected.SPLASH, SentUrl.of(url));
  }

  private static List<String> some(String file) throws IOException {
    List<String> all = RealData.lines(file);
    return IntStream.range(0, REQUESTS)
        .mapToObj(i -> all.get(i * (all.size() / REQUESTS)))
        .toList();
  }
}
