package org.tidegate.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
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

  /** The bytes meant; a backslash that begins no escape is one. */
  static byte[] undo(byte[] text, int from, int to) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(to - from);
    for (int at = from; at < to; ) {
      int meant = text[at] == '\\' && at + 1 < to ? meant(text, at + 1, to) : -1;
      bytes.write(meant < 0 ? text[at] : meant);
      at += meant < 0 ? 1 : text[at + 1] == 'x' ? 4 : 2;
    }
    return bytes.toByteArray();
  }

  /** What the escape whose backslash stands before means, or -1. */
  private static int meant(byte[] text, int at, int to) {
    return switch (text[at]) {
      case '\\' -> '\\';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'n' -> '\n';
      case 'x' -> at + 2 < to ? hex(text[at + 1], text[at + 2]) : -1;
      default -> -1;
    };
  }

  private static int hex(byte high, byte low) {
    int first = Character.digit(high, 16);
    int second = Character.digit(low, 16);
    return first < 0 || second < 0 ? -1 : first << 4 | second;
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
