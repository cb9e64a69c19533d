package org.tidegate.proxy.http2;

import io.netty.handler.codec.http2.Http2Headers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.tidegate.proxy.http.BadMessage;
import org.tidegate.proxy.http.HeadText;
import org.tidegate.proxy.http.MessageHead;
import org.tidegate.proxy.http.Refusal;

/** The fields of HTTP/2 (RFC 9113 §8.2), read and written. Stateless. */
final class Fields {
  static final String LENGTH = "content-length";
  static final long NOT_STATED = -1;

  private static final int MAX_LENGTH_DIGITS = 18;

  /** §8.2.2: these belong to connections of HTTP/1.1. */
  private static final Set<String> OF_CONNECTIONS =
      Set.of(
          "connection",
          "proxy-connection",
          "keep-alive",
          "transfer-encoding",
          "upgrade",
          "http2-settings");

  private Fields() {}

  /** Adds a head's fields, but for those of its connection and those named. */
  static void copy(MessageHead head, Set<String> except, Http2Headers to) {
    for (int i = 0; i < head.fieldCount(); i++) {
      String name = head.name(i).toLowerCase(Locale.ROOT);
      if (!OF_CONNECTIONS.contains(name) && !except.contains(name)) {
        to.add(name, head.value(i));
      }
    }
  }

  /** Writes all fields but those named; of pseudo-fields only those known may be there. */
  static void write(Http2Headers headers, Set<String> pseudo, Set<String> except, HeadText text)
      throws BadMessage {
    for (Map.Entry<CharSequence, CharSequence> field : headers) {
      String name = field.getKey().toString();
      if (pseudo.contains(name)) {
        continue;
      }
      requireEndToEnd(name, field.getValue());
      if (!except.contains(name)) {
        text.field(name, field.getValue()); // an unknown pseudo-field's colon is no token
      }
    }
  }

  private static void requireEndToEnd(String name, CharSequence value) throws BadMessage {
    boolean lowerCase = name.chars().noneMatch(c -> c >= 'A' && c <= 'Z');
    boolean badTe = name.equals("te") && !value.toString().equals("trailers");
    if (!lowerCase || badTe || OF_CONNECTIONS.contains(name)) {
      throw new BadMessage(Refusal.BAD_FIELD_NAME);
    }
  }

  /** The only value of a name. */
  static String only(Http2Headers headers, String name, Refusal refusal) throws BadMessage {
    List<CharSequence> values = headers.getAll(name);
    if (values.size() != 1) {
      throw new BadMessage(refusal);
    }
    return values.get(0).toString();
  }

  /** The length that is stated, or {@link #NOT_STATED}. */
  static long length(Http2Headers headers) throws BadMessage {
    List<CharSequence> stated = headers.getAll(LENGTH);
    if (stated.isEmpty()) {
      return NOT_STATED;
    }
    String digits = stated.get(0).toString();
    boolean decimal =
        !digits.isEmpty()
            && digits.length() <= MAX_LENGTH_DIGITS
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    if (stated.size() > 1 || !decimal) {
      throw new BadMessage(Refusal.BAD_LENGTH);
    }
    return Long.parseLong(digits);
  }
}
