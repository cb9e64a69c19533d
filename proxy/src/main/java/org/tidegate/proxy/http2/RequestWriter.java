package org.tidegate.proxy.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tidegate.proxy.http.BadMessage;
import org.tidegate.proxy.http.HeadWriter;
import org.tidegate.proxy.http.Refusal;
import org.tidegate.proxy.http.RequestText;

/**
 * Writes one stream's request as HTTP/1.1: a head, then the body in the only framing that the head
 * states. What RFC 9113 §8 calls malformed is refused. Used by one thread.
 */
final class RequestWriter {
  private static final String METHOD = ":method";
  private static final String SCHEME = ":scheme";
  private static final String AUTHORITY = ":authority";
  private static final String PATH = ":path";

  /** §8.2.2: these belong to connections of HTTP/1.1. */
  private static final Set<String> CONNECTION_FIELDS =
      Set.of(
          "connection",
          "proxy-connection",
          "keep-alive",
          "transfer-encoding",
          "upgrade",
          "http2-settings");

  /** Methods whose requests state a length even if it is none (RFC 9110 §8.6). */
  private static final Set<String> WITH_LENGTH = Set.of("POST", "PUT", "PATCH");

  private static final long NOT_STATED = -1;
  private static final int MAX_LENGTH_DIGITS = 18;

  private long left = NOT_STATED;
  private boolean chunked;
  private boolean begun;
  private boolean ended;
  private boolean head;

  /** Whether the request is a HEAD, whose answer has no body. */
  boolean isHead() {
    return head;
  }

  /** Whether the stream's first fields were read. */
  boolean isBegun() {
    return begun;
  }

  /** Whether the whole request was written. */
  boolean isEnded() {
    return ended;
  }

  /** The request's head: the stream's first fields. */
  ByteBuf head(Http2Headers headers, boolean endStream, ByteBufAllocator buffers)
      throws BadMessage {
    begun = true;
    ByteBuf out = buffers.buffer();
    try {
      write(headers, endStream, new RequestText(out));
      return out;
    } catch (BadMessage e) {
      out.release();
      throw e;
    }
  }

  private void write(Http2Headers headers, boolean endStream, RequestText text) throws BadMessage {
    String method = only(headers, METHOD, Refusal.BAD_METHOD);
    if (method.equals("CONNECT")) { // §8.5, RFC 8441: this is no proxy's connection
      throw new BadMessage(Refusal.BAD_METHOD);
    }
    if (!only(headers, SCHEME, Refusal.BAD_TARGET).equals("https")) {
      throw new BadMessage(Refusal.BAD_TARGET);
    }
    head = method.equals("HEAD");
    text.line(method, only(headers, PATH, Refusal.BAD_TARGET));
    text.field("host", authority(headers));
    writeFields(headers, text);
    List<CharSequence> lengths = headers.getAll("content-length");
    if (!lengths.isEmpty()) {
      left = length(lengths);
      text.field("content-length", Long.toString(left));
    }
    end(endStream, method, text);
    text.end();
  }

  private void end(boolean endStream, String method, RequestText text) throws BadMessage {
    ended = endStream;
    if (endStream && left > 0) { // §8.1.1
      throw new BadMessage(Refusal.BAD_LENGTH);
    }
    if (endStream && left == NOT_STATED && WITH_LENGTH.contains(method)) {
      text.field("content-length", "0");
    }
    if (!endStream && left == NOT_STATED) {
      chunked = true;
      text.field("transfer-encoding", "chunked");
    }
  }

  private static void writeFields(Http2Headers headers, RequestText text) throws BadMessage {
    for (Map.Entry<CharSequence, CharSequence> field : headers) {
      String name = field.getKey().toString();
      if (name.startsWith(":")) {
        requireKnown(name);
        continue;
      }
      requireEndToEnd(name, field.getValue());
      switch (name) {
        case "host", "content-length", "cookie" -> {}
        default -> text.field(name, field.getValue());
      }
    }
    List<CharSequence> cookies = headers.getAll("cookie");
    if (!cookies.isEmpty()) { // §8.2.3
      text.field("cookie", String.join("; ", cookies));
    }
  }

  private static void requireKnown(String pseudo) throws BadMessage {
    switch (pseudo) {
      case METHOD, SCHEME, AUTHORITY, PATH -> {}
      default -> throw new BadMessage(Refusal.BAD_FIELD_NAME);
    }
  }

  private static void requireEndToEnd(String name, CharSequence value) throws BadMessage {
    boolean lowerCase = name.chars().noneMatch(c -> c >= 'A' && c <= 'Z');
    boolean badTe = name.equals("te") && !value.toString().equals("trailers");
    if (!lowerCase || badTe || CONNECTION_FIELDS.contains(name)) {
      throw new BadMessage(Refusal.BAD_FIELD_NAME);
    }
  }

  /** §8.3.1: what both say, if both are there, must be the same. */
  private static String authority(Http2Headers headers) throws BadMessage {
    List<CharSequence> hosts = headers.getAll("host");
    List<CharSequence> authorities = headers.getAll(AUTHORITY);
    if (hosts.size() > 1 || authorities.size() > 1) {
      throw new BadMessage(Refusal.SEVERAL_HOSTS);
    }
    if (hosts.isEmpty() && authorities.isEmpty()) {
      throw new BadMessage(Refusal.NO_HOST);
    }
    CharSequence authority = authorities.isEmpty() ? hosts.get(0) : authorities.get(0);
    if (!hosts.isEmpty() && !AsciiString.contentEqualsIgnoreCase(hosts.get(0), authority)) {
      throw new BadMessage(Refusal.HOST_UNLIKE_TARGET);
    }
    return authority.toString();
  }

  private static String only(Http2Headers headers, String name, Refusal refusal) throws BadMessage {
    List<CharSequence> values = headers.getAll(name);
    if (values.size() != 1) {
      throw new BadMessage(refusal);
    }
    return values.get(0).toString();
  }

  private static long length(List<CharSequence> stated) throws BadMessage {
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

  /** A piece of the body; what it is made of is handed on. */
  void data(ByteBuf piece, boolean endStream, List<Object> out) throws BadMessage {
    int size = piece.readableBytes();
    if (!chunked && (size > left || (endStream && size < left))) { // §8.1.1
      throw new BadMessage(Refusal.BAD_LENGTH);
    }
    if (!chunked) {
      left -= size;
    }
    if (size > 0) {
      if (chunked) {
        ByteBuf line = piece.alloc().buffer();
        HeadWriter.writeChunkSize(size, line);
        out.add(line);
      }
      out.add(piece.retain());
      if (chunked) {
        ByteBuf end = piece.alloc().buffer();
        HeadWriter.writeCrLf(end);
        out.add(end);
      }
    }
    if (endStream) {
      end(null, piece.alloc(), out);
    }
  }

  /** The fields after the body. */
  void trailers(Http2Headers headers, ByteBufAllocator buffers, List<Object> out)
      throws BadMessage {
    if (left > 0) {
      throw new BadMessage(Refusal.BAD_LENGTH);
    }
    end(headers, buffers, out);
  }

  private void end(@Nullable Http2Headers trailers, ByteBufAllocator buffers, List<Object> out)
      throws BadMessage {
    ended = true;
    if (!chunked) {
      return; // a body of known length has no place for trailers
    }
    ByteBuf last = buffers.buffer();
    out.add(last);
    last.writeByte('0').writeByte('\r').writeByte('\n');
    RequestText text = new RequestText(last);
    if (trailers != null) {
      for (Map.Entry<CharSequence, CharSequence> field : trailers) {
        requireEndToEnd(field.getKey().toString(), field.getValue());
        text.field(field.getKey(), field.getValue()); // a pseudo-field's colon is no token
      }
    }
    text.end();
  }
}
