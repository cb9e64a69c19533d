package org.tidegate.proxy.http2;

import static org.tidegate.proxy.http2.Fields.only;

import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.Set;
import org.tidegate.proxy.http.BadMessage;
import org.tidegate.proxy.http.HeadText;
import org.tidegate.proxy.http.Refusal;

/** Writes one stream's request as HTTP/1.1. Used by one thread. */
final class RequestWriter extends MessageWriter {
  private static final String METHOD = ":method";
  private static final String SCHEME = ":scheme";
  private static final String AUTHORITY = ":authority";
  private static final String PATH = ":path";
  private static final Set<String> PSEUDO = Set.of(METHOD, SCHEME, AUTHORITY, PATH);
  private static final Set<String> WRITTEN_ANEW = Set.of("host", Fields.LENGTH, "cookie");

  /** Methods whose requests state a length even if it is none (RFC 9110 §8.6). */
  private static final Set<String> WITH_LENGTH = Set.of("POST", "PUT", "PATCH");

  private boolean head;

  /** Whether the request is a HEAD, whose answer has no body. */
  boolean isHead() {
    return head;
  }

  @Override
  boolean writeHead(Http2Headers headers, boolean endStream, HeadText text) throws BadMessage {
    String method = only(headers, METHOD, Refusal.BAD_METHOD);
    if (method.equals("CONNECT")) { // §8.5, RFC 8441: this is no proxy's connection
      throw new BadMessage(Refusal.BAD_METHOD);
    }
    if (!only(headers, SCHEME, Refusal.BAD_TARGET).equals("https")) {
      throw new BadMessage(Refusal.BAD_TARGET);
    }
    head = method.equals("HEAD");
    text.requestLine(method, only(headers, PATH, Refusal.BAD_TARGET));
    text.field("host", authority(headers));
    Fields.write(headers, PSEUDO, WRITTEN_ANEW, text);
    List<CharSequence> cookies = headers.getAll("cookie");
    if (!cookies.isEmpty()) { // §8.2.3
      text.field("cookie", String.join("; ", cookies));
    }
    writeFraming(Fields.length(headers), endStream, method, text);
    return true;
  }

  private void writeFraming(long length, boolean endStream, String method, HeadText text)
      throws BadMessage {
    expect(length);
    if (length != Fields.NOT_STATED) {
      text.field(Fields.LENGTH, Long.toString(length));
    } else if (!endStream) {
      chunk(text);
    } else if (WITH_LENGTH.contains(method)) {
      text.field(Fields.LENGTH, "0");
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
}
