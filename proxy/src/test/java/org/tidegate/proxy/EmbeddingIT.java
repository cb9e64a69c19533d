package org.tidegate.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.littleshoot.proxy.HttpProxyServer;
import org.littleshoot.proxy.impl.DefaultHttpProxyServer;
import org.tidegate.filter.UrlFilter;
import org.tidegate.filter.Verdict;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListKey;
import org.tidegate.filter.url.CanonicalUrl;
import org.tidegate.proxy.littleproxy.GatedFilters;

/** What the README shows of embedding, line by line, and that it does what it says. */
class EmbeddingIT {
  private static final Path SOURCE = Path.of("src/test/java/org/tidegate/proxy/EmbeddingIT.java");
  private static final ListKey key = ListKey.of("test-key-0123456".getBytes(US_ASCII));

  @Test
  void theFilterAlone() throws Exception {
    byte[] bytes = ListedFilter.compiled("domain.example").bytes();
    String url = "http://www.domain.example/";
    // README: filter
    UrlFilter filter = new UrlFilter(key); // the list key it was compiled with
    filter.install(CompiledList.open(bytes)); // verified once, then searched as it is
    Optional<Verdict> verdict = CanonicalUrl.parse(url).map(filter::check); // empty: refuse it
    // README: end
    assertThat(verdict).containsInstanceOf(Verdict.Blocked.class);
  }

  @Test
  void aLittleProxy() throws Exception {
    byte[] bytes = ListedFilter.compiled("domain.example").bytes();
    int port = 0;
    // README: littleproxy
    UrlFilter filter = new UrlFilter(key);
    filter.install(CompiledList.open(bytes));
    GatedFilters tidegate = GatedFilters.of(filter);
    HttpProxyServer proxy =
        tidegate.into(DefaultHttpProxyServer.bootstrap().withPort(port)).start();
    // README: end
    String blocked = "GET http://www.domain.example/ HTTP/1.0\r\nHost: www.domain.example\r\n\r\n";
    assertThat(RawClient.exchange(proxy.getListenAddress(), blocked)).startsWith("HTTP/1.1 403 ");
    proxy.abort();
  }

  @Test
  void isWhatTheReadmeShows() throws IOException {
    String readme = squeezed(Files.readString(Path.of("../README.md")));
    String source = Files.readString(SOURCE);
    for (String part : new String[] {"filter", "littleproxy"}) {
      String begin = "// README: " + part + "\n";
      int from = source.indexOf(begin) + begin.length();
      assertThat(readme)
          .contains(squeezed(source.substring(from, source.indexOf("// README: end", from))));
    }
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
