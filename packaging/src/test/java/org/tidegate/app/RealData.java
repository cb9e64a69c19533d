package org.tidegate.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Real lists and URLs, where they lie beside the checkout. */
final class RealData {
  static final Path DIRECTORY = Path.of("../../shared/data");

  private RealData() {}

  static List<String> lines(String file) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(DIRECTORY.resolve(file))), ISO_8859_1))) {
      return lines.lines().toList();
    }
  }
}
