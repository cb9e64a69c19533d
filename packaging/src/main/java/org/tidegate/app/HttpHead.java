package org.tidegate.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The head of an HTTP/1.1 message: all that the demo's proof and its origin need of HTTP. Not for
 * untrusted peers: the gateway has a parser of its own.
 */
record HttpHead(String startLine, List<String> fields) {
  private static final int MAX_BYTES = 256 * 1024;

  /** Reads a head up to its empty line; null where the connection ends before it begins. */
  static @Nullable HttpHead read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int end = 0;
    while (end < 2) {
      int b = in.read();
      if (b < 0 && head.size() == 0) {
        return null;
      }
      if (b < 0 || head.size() == MAX_BYTES) {
        throw new IOException("head without an end");
      }
      head.write(b);
      end = b == '\n' ? end + 1 : b == '\r' ? end : 0;
    }
    List<String> lines = head.toString(ISO_8859_1).lines().toList();
    return new HttpHead(lines.get(0), lines.subList(1, lines.size()));
  }

  /** The value of a field, by its name in lower case. */
  Optional<String> field(String name) {
    return fields.stream()
        .filter(f -> f.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(f -> f.substring(name.length() + 1).trim())
        .findFirst();
  }

  /** Whether a field has that value, case aside. */
  boolean has(String name, String value) {
    return field(name).filter(value::equalsIgnoreCase).isPresent();
  }

  /** The status of a response, or 0. */
  int status() {
    String[] words = startLine.split(" ", 3);
    return words.length > 1 && words[1].matches("[1-5][0-9][0-9]") ? Integer.parseInt(words[1]) : 0;
  }

  /** Discloses nothing: a target may be listed. */
  @Override
  public String toString() {
    return "HttpHead";
  }
}
