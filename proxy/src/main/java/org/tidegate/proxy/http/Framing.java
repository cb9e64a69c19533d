package org.tidegate.proxy.http;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How a message's body is delimited (RFC 9112 §6.3).
 *
 * @param length the body's length in bytes, for {@link Kind#LENGTH}; else −1
 */
public record Framing(Kind kind, long length) {
  /** The ways to delimit a body. */
  public enum Kind {
    NONE,
    LENGTH,
    CHUNKED,
    UNTIL_CLOSE
  }

  public static final Framing NONE = new Framing(Kind.NONE, -1);
  public static final Framing CHUNKED = new Framing(Kind.CHUNKED, -1);
  public static final Framing UNTIL_CLOSE = new Framing(Kind.UNTIL_CLOSE, -1);

  public static Framing ofLength(long length) {
    return new Framing(Kind.LENGTH, length);
  }

  /** Whether a body of at least one byte may follow the head. */
  public boolean hasBody() {
    return kind != Kind.NONE && length != 0;
  }

  /** The framing that a request's head states; without one it has no body. */
  public static Framing ofRequest(MessageHead head) throws BadMessage {
    Framing stated = stated(head, false);
    return stated == null ? NONE : stated;
  }

  /**
   * The framing that a head states, or null where it states none. A message with two framings, or
   * one that is not understood, is refused (RFC 9112 §6.1, §6.3).
   */
  static @Nullable Framing stated(MessageHead head, boolean sameLengthTwice) throws BadMessage {
    int encoding = head.find("transfer-encoding", 0);
    int length = head.find("content-length", 0);
    if (encoding >= 0) {
      if (length >= 0) {
        throw new BadMessage(Refusal.LENGTH_AND_ENCODING);
      }
      if (head.find("transfer-encoding", encoding + 1) >= 0
          || !head.value(encoding).equalsIgnoreCase("chunked")) {
        throw new BadMessage(Refusal.BAD_ENCODING);
      }
      return CHUNKED;
    }
    if (length < 0) {
      return null;
    }
    String value = value(head, length, sameLengthTwice);
    for (int i = head.find("content-length", length + 1);
        i >= 0;
        i = head.find("content-length", i + 1)) {
      if (!sameLengthTwice || !value(head, i, true).equals(value)) {
        throw new BadMessage(Refusal.BAD_LENGTH);
      }
    }
    long bytes = Syntax.decimal(value);
    if (bytes < 0) {
      throw new BadMessage(Refusal.BAD_LENGTH);
    }
    return ofLength(bytes);
  }

  /** RFC 9110 §8.6: repeated fields may have been merged into one list. */
  private static String value(MessageHead head, int field, boolean sameLengthTwice) {
    String value = head.value(field);
    int comma = value.indexOf(',');
    if (!sameLengthTwice || comma < 0) {
      return value;
    }
    String first = value.substring(0, comma).strip();
    boolean same = Arrays.stream(value.split(",", -1)).allMatch(v -> v.strip().equals(first));
    return same ? first : value;
  }

  /** The length that an answer without a body states of what it leaves out. */
  static String leftOut(MessageHead head) {
    return value(head, head.find("content-length", 0), true);
  }
}
