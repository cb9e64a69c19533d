package org.tidegate.proxy.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A start line and its fields as they were received: one array and the positions in it. Immutable.
 */
public final class MessageHead {
  /** Who sent it. Requests are read to the letter; responses as leniently as RFC 9112 allows. */
  public enum Kind {
    REQUEST,
    RESPONSE
  }

  static final int MAX_FIELDS = 1000;
  private static final int NAME_START = 0;
  private static final int NAME_END = 1;
  private static final int VALUE_START = 2;
  private static final int VALUE_END = 3;

  private final byte[] bytes;
  private final int startLineEnd;
  private final int[] positions;
  private final int fieldCount;

  private MessageHead(byte[] bytes, int startLineEnd, int[] positions, int fieldCount) {
    this.bytes = bytes;
    this.startLineEnd = startLineEnd;
    this.positions = positions;
    this.fieldCount = fieldCount;
  }

  /** Reads a head, its closing empty line included; the array becomes the head's own. */
  static MessageHead parse(byte[] bytes, Kind kind) throws BadMessage {
    int lineEnd = lineEnd(bytes, 0);
    return parseFields(bytes, contentEnd(bytes, 0, lineEnd, kind), lineEnd + 1, kind);
  }

  /** Reads fields without a start line (a trailer section), their closing empty line included. */
  static MessageHead parseTrailers(byte[] bytes, Kind kind) throws BadMessage {
    return parseFields(bytes, 0, 0, kind);
  }

  private static MessageHead parseFields(byte[] bytes, int startLineEnd, int from, Kind kind)
      throws BadMessage {
    int[] positions = new int[64];
    int count = 0;
    int lineStart = from;
    while (true) {
      int lineEnd = lineEnd(bytes, lineStart);
      int end = contentEnd(bytes, lineStart, lineEnd, kind);
      if (end == lineStart) {
        return new MessageHead(bytes, startLineEnd, positions, count / 4);
      }
      if (Syntax.isSpace(bytes[lineStart])) {
        unfold(bytes, positions, count, lineStart, end, kind);
      } else {
        if (count == 4 * MAX_FIELDS) {
          throw new BadMessage(Refusal.HEAD_TOO_LARGE);
        }
        if (count == positions.length) {
          positions = Arrays.copyOf(positions, 2 * count);
        }
        parseField(bytes, lineStart, end, positions, count, kind);
        count += 4;
      }
      lineStart = lineEnd + 1;
    }
  }

  private static void parseField(
      byte[] bytes, int start, int end, int[] positions, int at, Kind kind) throws BadMessage {
    int colon = start;
    while (colon < end && bytes[colon] != ':') {
      colon++;
    }
    int nameEnd = colon;
    if (kind == Kind.RESPONSE) { // RFC 9112 §5.1: taken off a response, never off a request
      while (nameEnd > start && Syntax.isSpace(bytes[nameEnd - 1])) {
        nameEnd--;
      }
    }
    if (colon == end || !Syntax.isToken(bytes, start, nameEnd)) {
      throw new BadMessage(Refusal.BAD_FIELD_NAME);
    }
    positions[at + NAME_START] = start;
    positions[at + NAME_END] = nameEnd;
    trimValue(bytes, colon + 1, end, positions, at);
  }

  private static void trimValue(byte[] bytes, int start, int end, int[] positions, int at)
      throws BadMessage {
    int from = start;
    int to = end;
    while (from < to && Syntax.isSpace(bytes[from])) {
      from++;
    }
    while (to > from && Syntax.isSpace(bytes[to - 1])) {
      to--;
    }
    for (int i = from; i < to; i++) {
      if (!Syntax.isFieldValue(bytes[i])) {
        throw new BadMessage(Refusal.BAD_FIELD_VALUE);
      }
    }
    positions[at + VALUE_START] = from;
    positions[at + VALUE_END] = to;
  }

  /** RFC 9112 §5.2: a folded line is refused in a request, and joined by spaces in a response. */
  private static void unfold(
      byte[] bytes, int[] positions, int count, int start, int end, Kind kind) throws BadMessage {
    if (kind == Kind.REQUEST || count == 0) {
      throw new BadMessage(Refusal.FOLDED_FIELD);
    }
    int last = count - 4;
    int valueStart = positions[last + VALUE_START];
    Arrays.fill(bytes, Math.min(positions[last + VALUE_END], start), start, (byte) ' ');
    trimValue(bytes, valueStart, end, positions, last);
  }

  private static int lineEnd(byte[] bytes, int from) throws BadMessage {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    throw new BadMessage(Refusal.BAD_LINE_END);
  }

  /**
   * Where a line's content ends. RFC 9112 §2.2: a bare CR has no reading; a bare LF in responses.
   */
  private static int contentEnd(byte[] bytes, int start, int lineEnd, Kind kind) throws BadMessage {
    boolean withCr = lineEnd > start && bytes[lineEnd - 1] == '\r';
    if (!withCr && kind == Kind.REQUEST) {
      throw new BadMessage(Refusal.BAD_LINE_END);
    }
    int end = withCr ? lineEnd - 1 : lineEnd;
    for (int i = start; i < end; i++) {
      if (bytes[i] == '\r') {
        throw new BadMessage(Refusal.BAD_LINE_END);
      }
    }
    return end;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Its bytes as it came. */
  public int size() {
    return bytes.length;
  }

  /** The bytes of memory that it takes. */
  public int memory() {
    return bytes.length + Integer.BYTES * positions.length;
  }

  int startLineEnd() {
    return startLineEnd;
  }

  /** The start line, as Latin-1. */
  public String startLine() {
    return new String(bytes, 0, startLineEnd, StandardCharsets.ISO_8859_1);
  }

  public int fieldCount() {
    return fieldCount;
  }

  int nameStart(int field) {
    return positions[4 * field + NAME_START];
  }

  int nameEnd(int field) {
    return positions[4 * field + NAME_END];
  }

  int valueStart(int field) {
    return positions[4 * field + VALUE_START];
  }

  int valueEnd(int field) {
    return positions[4 * field + VALUE_END];
  }

  /** Whether a field has this name, given in lower case. */
  boolean isNamed(int field, String lowerCaseName) {
    int start = nameStart(field);
    if (nameEnd(field) - start != lowerCaseName.length()) {
      return false;
    }
    for (int i = 0; i < lowerCaseName.length(); i++) {
      if (Syntax.toLower(bytes[start + i]) != lowerCaseName.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The name of a field, as it was spelled. */
  public String name(int field) {
    int start = nameStart(field);
    return new String(bytes, start, nameEnd(field) - start, StandardCharsets.ISO_8859_1);
  }

  /** The value of a field, its bytes as Latin-1. */
  public String value(int field) {
    int start = valueStart(field);
    return new String(bytes, start, valueEnd(field) - start, StandardCharsets.ISO_8859_1);
  }

  /** The values of all fields of a name, given in lower case. */
  public List<String> values(String lowerCaseName) {
    List<String> values = new ArrayList<>();
    for (int i = find(lowerCaseName, 0); i >= 0; i = find(lowerCaseName, i + 1)) {
      values.add(value(i));
    }
    return values;
  }

  /** The first field of a name (in lower case) at or after a place, or −1. */
  public int find(String lowerCaseName, int from) {
    for (int i = from; i < fieldCount; i++) {
      if (isNamed(i, lowerCaseName)) {
        return i;
      }
    }
    return -1;
  }

  /** Discloses nothing. */
  @Override
  public String toString() {
    return "MessageHead";
  }
}
