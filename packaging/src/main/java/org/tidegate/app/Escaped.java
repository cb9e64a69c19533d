package org.tidegate.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;

/** Text for one field of one line: {@code \\ \t \r \n}, and {@code \xNN} for other bytes. */
final class Escaped {
  private Escaped() {}

  /** UTF-8 stays; controls and bytes that are none are escaped. */
  static String of(byte[] bytes) {
    return of(bytes, 0, bytes.length);
  }

  static String of(byte[] bytes, int from, int to) {
    StringBuilder text = new StringBuilder(to - from + 8);
    for (int at = from; at < to; ) {
      int length = bytes[at] >= 0 ? 1 : sequence(bytes, at, to);
      if (length > 1) {
        text.append(new String(bytes, at, length, UTF_8));
      } else {
        append(text, bytes[at]);
      }
      at += Math.max(1, length);
    }
    return text.toString();
  }

  private static void append(StringBuilder text, byte b) {
    switch (b) {
      case '\\' -> text.append("\\\\");
      case '\t' -> text.append("\\t");
      case '\r' -> text.append("\\r");
      case '\n' -> text.append("\\n");
      default -> {
        if (b >= ' ' && b < 0x7F) {
          text.append((char) b);
        } else {
          text.append(String.format("\\x%02x", b & 0xFF));
        }
      }
    }
  }

  /** The length of the UTF-8 sequence there, 0 where there is none. */
  private static int sequence(byte[] bytes, int at, int to) {
    int lead = bytes[at] & 0xFF;
    int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (at + length > to) {
      return 0;
    }
    try {
      UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes, at, length));
      return length;
    } catch (CharacterCodingException e) {
      return 0;
    }
  }
}
