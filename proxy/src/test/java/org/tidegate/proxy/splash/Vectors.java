package org.tidegate.proxy.splash;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code vectors/*.tsv}: one case a line, {@code #} comments, {@code -} for an absent field.
 */
final class Vectors {
  private Vectors() {}

  static List<String[]> read(String name) {
    try (InputStream in =
        Objects.requireNonNull(Vectors.class.getResourceAsStream("/vectors/" + name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static @Nullable String field(String text) {
    return text.equals("-") ? null : text;
  }
}
