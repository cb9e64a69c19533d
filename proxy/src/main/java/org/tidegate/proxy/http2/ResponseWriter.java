package org.tidegate.proxy.http2;

import io.netty.handler.codec.http2.Http2Headers;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.tidegate.proxy.http.BadMessage;
import org.tidegate.proxy.http.HeadText;
import org.tidegate.proxy.http.Refusal;
import org.tidegate.proxy.http.ResponseGate;

/**
 * Writes the answer on one stream as HTTP/1.1. Its body goes in chunks, whatever length it states,
 * so that trailers have a place and the answer ends where the stream does. Used by one thread.
 */
final class ResponseWriter extends MessageWriter {
  private static final String STATUS = ":status";
  private static final Set<String> PSEUDO = Set.of(STATUS);
  private static final Set<String> WRITTEN_ANEW = Set.of(Fields.LENGTH);
  private static final int STATUS_DIGITS = 3;

  private final BooleanSupplier answersHead;
  private int interim;

  /** The supplier tells whether the request is a HEAD. */
  ResponseWriter(BooleanSupplier answersHead) {
    this.answersHead = answersHead;
  }

  @Override
  boolean writeHead(Http2Headers headers, boolean endStream, HeadText text) throws BadMessage {
    int status = status(headers);
    text.statusLine(status);
    Fields.write(headers, PSEUDO, WRITTEN_ANEW, text);
    if (status < 200) {
      if (++interim > ResponseGate.MAX_INTERIM) {
        throw new BadMessage(Refusal.HEAD_TOO_LARGE);
      }
      return false;
    }
    writeFraming(status, Fields.length(headers), endStream, text);
    return true;
  }

  private static int status(Http2Headers headers) throws BadMessage {
    String digits = Fields.only(headers, STATUS, Refusal.BAD_STATUS_LINE);
    boolean decimal =
        digits.length() == STATUS_DIGITS && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    int status = decimal ? Integer.parseInt(digits) : 0;
    if (status < 100 || status == 101) { // RFC 9113 §8.6: there is no upgrade
      throw new BadMessage(Refusal.BAD_STATUS_LINE);
    }
    return status;
  }

  private void writeFraming(int status, long length, boolean endStream, HeadText text)
      throws BadMessage {
    if (answersHead.getAsBoolean() || status == 204 || status == 304) { // RFC 9110 §6.4.1
      expect(0);
      if (length != Fields.NOT_STATED) {
        text.field(Fields.LENGTH, Long.toString(length));
      }
      return;
    }
    expect(length);
    if (endStream) {
      text.field(Fields.LENGTH, "0");
    } else {
      chunk(text);
    }
  }
}
