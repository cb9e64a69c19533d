package org.tidegate.filter.url;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** URLs that are not canonical as they come, beside one that is. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class RewriteBenchmark {
  private static final String HOST = "http://www.some-host12345.example";
  private static final String PATH = "/media/archive/abcdefgh.html?id=123";
  private static final Map<String, String> URLS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("canonical", HOST + PATH),
              Map.entry("upper-case host", "http://WWW.Some-Host12345.Example" + PATH),
              Map.entry("escapes", HOST + "/media/%61rchive/abc%64efgh%2ehtml?id=%31%32"),
              Map.entry("dot segments", HOST + "/./x/.." + PATH),
              Map.entry("default port", HOST + ":80" + PATH),
              Map.entry("fragment", HOST + PATH + "#fragment"),
              Map.entry("userinfo", "http://u:p@www.some-host12345.example" + PATH),
              Map.entry("trailing dot", HOST + "." + PATH),
              Map.entry("no path", HOST),
              Map.entry("raw bytes", HOST + "/m\u00e9dia/archive/abcdefgh.html"),
              Map.entry("idn", "http://www.b\u00fccher-12345.example" + PATH),
              Map.entry("8k escapes", HOST + "/" + "%25".repeat(2720)),
              Map.entry("8k dots", HOST + "/a/..".repeat(1630)),
              Map.entry("8k slashes", HOST + "/".repeat(8150)),
              Map.entry("8k users", "http://" + "@".repeat(8150) + "host.example/")));

  @Param({
    "canonical",
    "upper-case host",
    "escapes",
    "dot segments",
    "default port",
    "fragment",
    "userinfo",
    "trailing dot",
    "no path",
    "raw bytes",
    "idn",
    "8k escapes",
    "8k dots",
    "8k slashes",
    "8k users"
  })
  private String url = "";

  private final UrlView view = new UrlView();
  private byte[] bytes = {};

  @Setup
  public void choose() {
    bytes = URLS.getOrDefault(url, url).getBytes(UTF_8);
  }

  @Benchmark
  public int read() {
    if (view.read(bytes, 0, bytes.length)) {
      view.readPath();
    }
    return view.end();
  }
}
