package org.tidegate.proxy.http;

import java.util.Arrays;
import java.util.List;

/** Reads what an origin answers; what has two readings is refused like a request. Stateless. */
public final class ResponseGate {
  /** Interim answers to one request: beyond that it is a flood. */
  public static final int MAX_INTERIM = 32;

  private static final int STATUS_AT = "HTTP/1.x ".length();

  private ResponseGate() {}

  /**
   * Checks a head.
   *
   * @param bodiless whether the request was a HEAD, whose answer has fields but no body
   */
  public static GatedResponse check(MessageHead head, boolean bodiless) throws BadMessage {
    byte[] bytes = head.bytes();
    boolean http11 = isHttp11(bytes, head.startLineEnd());
    int status = status(bytes, head.startLineEnd());
    List<String> options = ConnectionOptions.of(head);
    Framing stated = Framing.stated(head, true);
    Framing framing = stated == null ? Framing.UNTIL_CLOSE : stated;
    if (framing.kind() == Framing.Kind.CHUNKED && !http11) {
      throw new BadMessage(Refusal.BAD_ENCODING);
    }
    if (bodiless || status < 200 || status == 204 || status == 304) { // RFC 9112 §6.3
      framing = Framing.NONE;
    }
    boolean keepAlive =
        framing.kind() != Framing.Kind.UNTIL_CLOSE
            && !options.contains("close")
            && (http11 || options.contains("keep-alive"));
    return new GatedResponse(head, status, framing, keepAlive, options);
  }

  private static boolean isHttp11(byte[] bytes, int lineEnd) throws BadMessage {
    byte[] prefix = {'H', 'T', 'T', 'P', '/', '1', '.'};
    if (lineEnd < STATUS_AT + 3
        || !Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length)
        || bytes[STATUS_AT - 1] != ' ') {
      throw new BadMessage(Refusal.BAD_STATUS_LINE);
    }
    byte minor = bytes[prefix.length];
    if (minor < '0' || minor > '9') {
      throw new BadMessage(Refusal.BAD_STATUS_LINE);
    }
    return minor != '0';
  }

  private static int status(byte[] bytes, int lineEnd) throws BadMessage {
    int status = 0;
    for (int i = STATUS_AT; i < STATUS_AT + 3; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        throw new BadMessage(Refusal.BAD_STATUS_LINE);
      }
      status = 10 * status + digit;
    }
    boolean endsHere = lineEnd == STATUS_AT + 3 || bytes[STATUS_AT + 3] == ' ';
    if (!endsHere || status < 100) { // RFC 9110 §15: beyond 599 is odd, but has one reading
      throw new BadMessage(Refusal.BAD_STATUS_LINE);
    }
    for (int i = STATUS_AT; i < lineEnd; i++) {
      if (!Syntax.isFieldValue(bytes[i])) {
        throw new BadMessage(Refusal.BAD_STATUS_LINE);
      }
    }
    return status;
  }
}
