package org.tidegate.filter.url;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** Rows of {@code vectors/*.tsv}; fields may hold {@code \\ \t \r \n \xNN}. */
final class Vectors {
  private Vectors() {}

  /** The rows of a file, split at tabs, without comments and blank lines. */
  static List<List<String>> rows(String file) {
    try (InputStream in =
        Objects.requireNonNull(Vectors.class.getResourceAsStream("/vectors/" + file))) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> Arrays.asList(line.split("\t", -1)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A field's bytes. */
  static byte[] bytes(String field) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] raw = field.getBytes(UTF_8);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] != '\\') {
        out.write(raw[i]);
        continue;
      }
      char escape = (char) raw[++i];
      switch (escape) {
        case 't' -> out.write('\t');
        case 'r' -> out.write('\r');
        case 'n' -> out.write('\n');
        case '\\' -> out.write('\\');
        case 'x' -> {
          out.write(HexFormat.fromHexDigits(field(raw, i)));
          i += 2;
        }
        default -> throw new IllegalArgumentException("escape (expected: one of \\ t r n x)");
      }
    }
    return out.toByteArray();
  }

  private static String field(byte[] raw, int at) {
    return new String(raw, at + 1, 2, UTF_8);
  }
}
