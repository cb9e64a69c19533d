package org.tidegate.proxy.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Vectors in files: rows of columns, with escapes for bytes that a text file cannot show. */
public final class RawText {
  private RawText() {}

  public static List<String[]> rows(String resource) throws IOException {
    InputStream in = Objects.requireNonNull(RawText.class.getResourceAsStream(resource));
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines.lines().filter(l -> !l.startsWith("#")).map(l -> l.split("\t", -1)).toList();
    }
  }

  /** The text whose characters are the bytes meant. */
  public static String unescape(String escaped) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char kind = escaped.charAt(++i);
      switch (kind) {
        case '\\' -> out.append('\\');
        case 'r' -> out.append('\r');
        case 'n' -> out.append('\n');
        case 't' -> out.append('\t');
        case 'x' -> {
          out.append((char) Integer.parseInt(escaped.substring(i + 1, i + 3), 16));
          i += 2;
        }
        default -> throw new IllegalArgumentException("\\" + kind + " (expected: an escape)");
      }
    }
    return out.toString();
  }
}
