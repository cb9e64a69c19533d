package org.tidegate.app.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.filter.UrlFilter;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.filter.list.ListFormat;

/** Ten million entries: compiled in 2 GB of heap, opened and asked in 512 MB, replaced in 1 GB. */
@Tag("nightly")
class LargeListTest {
  private static final int ENTRIES = 10_000_000;
  private static final int REQUESTS = 10_000;
  private static final ReferenceMix MIX = new ReferenceMix(ENTRIES);

  @TempDir static Path directory;

  @BeforeAll
  static void compilesInTwoGigabytes() throws Exception {
    assertThat(run("-Xmx2g", 0)).isEqualTo("compiled");
  }

  @Test
  void opensAndAnswersInHalfAGigabyte() throws Exception {
    assertThat(run("-Xmx512m", 1)).isEqualTo("10000 of 10000 blocked, 0 of 10000 blocked");
  }

  @Test
  void isReplacedInOneGigabyte() throws Exception {
    assertThat(run("-Xmx1g", 6)).isEqualTo("10000 of 10000 blocked, 0 of 10000 blocked");
  }

  private static Path list() {
    return directory.resolve("large.tgl");
  }

  private static String run(String heap, int installs) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-cp",
                System.getProperty("java.class.path"),
                LargeListTest.class.getName(),
                list().toString(),
                Integer.toString(installs))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8).trim();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return said;
  }

  /** Compiles the list, or installs it so many times and judges what is listed and what is not. */
  public static void main(String[] arguments) throws IOException, ListFormatException {
    Path file = Path.of(arguments[0]);
    int installs = Integer.parseInt(arguments[1]);
    if (installs == 0) {
      EntryText text = sink -> ListFormat.NATIVE.read(MIX.listText(), sink);
      Files.write(file, MadeList.compile(text).bytes());
      System.out.println("compiled");
      return;
    }
    UrlFilter filter = new UrlFilter(MadeList.KEY);
    for (int i = 0; i < installs; i++) {
      filter.install(CompiledList.open(Files.readAllBytes(file)));
    }
    TidegateDesign design = new TidegateDesign(filter, 0);
    System.out.println(
        blocked(design, MIX.blocked(REQUESTS)) + ", " + blocked(design, MIX.unlisted(REQUESTS)));
  }

  private static String blocked(TidegateDesign design, Traffic traffic) {
    int blocked = 0;
    for (int i = 0; i < traffic.requests(); i++) {
      blocked += design.isBlocked(traffic.bytes(), traffic.start(i), traffic.end(i)) ? 1 : 0;
    }
    return blocked + " of " + traffic.requests() + " blocked";
  }
}
