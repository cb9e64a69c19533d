package org.tidegate.proxy.littleproxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tidegate.proxy.http.BadMessage;
import org.tidegate.proxy.http.BodyReader;
import org.tidegate.proxy.http.GatedRequest;
import org.tidegate.proxy.http.HeadReader;
import org.tidegate.proxy.http.HeadWriter;
import org.tidegate.proxy.http.MessageHead;
import org.tidegate.proxy.http.TargetUri;
import org.tidegate.proxy.http.Whose;

/**
 * One request that passes: as LittleProxy is given it, and as it is to be sent. Used by the client
 * connection's event loop, but for what it is as {@link Given}.
 */
final class Passage implements Given {
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  private final GatedRequest request;
  private final TargetUri.Whole target;
  private final MessageHead rebuilt;
  private final String origin;
  private final String pathAndQuery;
  private final BodyReader body;
  private boolean sent;
  private volatile boolean dialled;
  private volatile boolean answeredByLittleProxy;

  Passage(GatedRequest request) throws BadMessage {
    this.request = request;
    this.target = (TargetUri.Whole) request.target();
    this.body = new BodyReader(request.framing(), MessageHead.Kind.REQUEST);
    this.rebuilt = rebuilt(request);
    this.origin = "http://" + value("host");
    this.pathAndQuery = new String(target.pathAndQuery(), StandardCharsets.ISO_8859_1);
  }

  /** Written and read again: what is sent is what the gateway itself would send. */
  private static MessageHead rebuilt(GatedRequest request) throws BadMessage {
    int field = request.head().find("proxy-authorization", 0);
    String credentials = field < 0 ? "" : request.head().value(field);
    ByteBuf bytes = Unpooled.buffer();
    HeadWriter.writeRequest(request, true, credentials, Whose.UNSAID, bytes);
    MessageHead head = new HeadReader(MessageHead.Kind.REQUEST, NO_LIMIT, NO_LIMIT).read(bytes);
    if (head == null) {
      throw new IllegalStateException("a head that was written whole");
    }
    return head;
  }

  /** About how many bytes of the heap it takes: as it came, rebuilt, and twice as an object. */
  int memory() {
    return request.head().memory() + 5 * rebuilt.memory();
  }

  private String value(String name) {
    return rebuilt.value(rebuilt.find(name, 0));
  }

  GatedRequest request() {
    return request;
  }

  /** Whether LittleProxy has the whole request. */
  boolean isSent() {
    return sent;
  }

  HttpRequest head() {
    HttpHeaders headers =
        DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
    for (int i = 0; i < rebuilt.fieldCount(); i++) {
      headers.add(rebuilt.name(i), rebuilt.value(i));
    }
    return new DefaultHttpRequest(
        HttpVersion.HTTP_1_1, HttpMethod.valueOf(request.method()), shownUri(), headers);
  }

  /** With escapes for bytes that LittleProxy's patterns would take for the end of a line. */
  private String shownUri() {
    if (pathAndQuery.equals("*")) {
      return origin;
    }
    StringBuilder uri = new StringBuilder(origin);
    for (int i = 0; i < pathAndQuery.length(); i++) {
      char c = pathAndQuery.charAt(i);
      if (c < 0x80) {
        uri.append(c);
      } else {
        uri.append('%').append(Integer.toHexString(c));
      }
    }
    return uri.toString();
  }

  @Override
  public boolean isSeenAs(HttpRequest seen) {
    return seen.uri().equals(shownUri()) && seen.method().name().equals(request.method());
  }

  @Override
  public void restore(HttpRequest outgoing) {
    boolean toProxy = outgoing.uri().startsWith("http://");
    String path = toProxy && pathAndQuery.equals("*") ? "" : pathAndQuery;
    outgoing.setUri(toProxy ? origin + path : path);
    outgoing.setMethod(HttpMethod.valueOf(request.method()));
    if (!outgoing.headers().getAll(HttpHeaderNames.HOST).equals(List.of(value("host")))) {
      outgoing.headers().set(HttpHeaderNames.HOST, value("host"));
    }
    if (!toProxy) {
      outgoing.headers().remove(HttpHeaderNames.PROXY_AUTHORIZATION);
    }
  }

  @Override
  public String origin() {
    return origin;
  }

  @Override
  public void dials() {
    dialled = true;
  }

  /** Whether LittleProxy opened a connection for it, in place of one that it had. */
  boolean isDialled() {
    return dialled;
  }

  @Override
  public void answeredByLittleProxy() {
    answeredByLittleProxy = true;
  }

  /** Whether the answer that comes is LittleProxy's own. */
  boolean isAnsweredByLittleProxy() {
    return answeredByLittleProxy;
  }

  /** Takes the next part of the body; null when more bytes are needed, or after the last one. */
  @Nullable HttpContent next(ByteBuf pending) throws BadMessage {
    if (sent) {
      return null;
    }
    ByteBuf slice = body.next(pending);
    if (slice != null) {
      return new DefaultHttpContent(slice);
    }
    if (!body.isDone()) {
      return null;
    }
    sent = true;
    return last(body.trailers());
  }

  private static LastHttpContent last(@Nullable MessageHead trailers) throws BadMessage {
    ByteBuf section = Unpooled.buffer();
    HeadWriter.writeLastChunk(trailers, section);
    LastHttpContent last = new DefaultLastHttpContent();
    String[] lines = section.toString(StandardCharsets.ISO_8859_1).split("\r\n", -1);
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        last.trailingHeaders().add(lines[i].substring(0, colon), lines[i].substring(colon + 2));
      }
    }
    return last;
  }
}
