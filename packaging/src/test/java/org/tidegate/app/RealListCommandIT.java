package org.tidegate.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code check} with a real feed as the list: every byte of it comes back, blocked. */
@Tag("peers")
class RealListCommandIT {

  @Test
  void theFeedIsBlockedLineByLine() throws IOException {
    Path feed = shared("phishing-urls.txt.gz");
    byte[] urls = unpack(feed);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CheckCommand command =
        new CheckCommand(
            new ByteArrayInputStream(urls),
            new PrintStream(out, false, UTF_8),
            new PrintStream(OutputStream.nullOutputStream()));

    int code = new CommandLine(command).execute("--list", feed.toString(), "--format", "urls", "-");

    assertThat(code).isEqualTo(1);
    byte[] expected =
        ("blocked\t" + new String(urls, UTF_8).stripTrailing().replace("\n", "\nblocked\t") + "\n")
            .getBytes(UTF_8);
    assertThat(out.toByteArray()).isEqualTo(expected);
    assertThat(urls).startsWith("http".getBytes(US_ASCII));
  }

  private static byte[] unpack(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return in.readAllBytes();
    }
  }

  private static Path shared(String file) {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path data = at.resolve("shared/data").resolve(file);
      if (Files.exists(data)) {
        return data;
      }
    }
    throw new IllegalStateException("shared/data/" + file + " (expected: beside the project)");
  }
}
