package org.tidegate.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.url.CanonicalHost;

/** Writes heads anew from their parsed parts: what was judged is what is sent. Stateless. */
public final class HeadWriter {
  private static final byte[] CRLF = {'\r', '\n'};
  private static final byte[] SEPARATOR = {':', ' '};
  private static final byte[] LAST_CHUNK = {'0', '\r', '\n'};

  /** Never passed on as they come: they belong to one connection, or are written anew. */
  private static final List<String> OWN =
      List.of(
          "connection",
          "proxy-connection",
          "keep-alive",
          "transfer-encoding",
          "content-length",
          "upgrade",
          "host",
          "te",
          "http2-settings");

  /** In requests also: they are for the next proxy, which has its own. */
  private static final String CREDENTIALS = "proxy-authorization";

  /** Never to be found in a trailer section (RFC 9110 §6.5.1). */
  private static final List<String> NOT_IN_TRAILERS =
      List.of(
          "authorization",
          "proxy-authorization",
          "proxy-authenticate",
          "www-authenticate",
          "set-cookie",
          "cookie",
          "content-encoding",
          "content-type",
          "content-range",
          "trailer",
          "expect",
          "location",
          "cache-control",
          GatedRequest.MAX_FORWARDS,
          "forwarded",
          "x-forwarded-for");

  private HeadWriter() {}

  /**
   * Writes the request that goes onward.
   *
   * @param toParent whether a parent proxy takes it: then in absolute form
   * @param credentials those for the parent, empty for none
   * @param whose what is said of the client
   */
  public static void writeRequest(
      GatedRequest request, boolean toParent, String credentials, Whose whose, ByteBuf out) {
    TargetUri.Whole target = (TargetUri.Whole) request.target();
    ascii(out, request.method());
    out.writeByte(' ');
    if (toParent) {
      ascii(out, target.tls() ? "https://" : "http://");
      writeAuthority(target, out);
    }
    if (!target.isAsterisk()) {
      out.writeBytes(target.url(), target.path(), target.url().length - target.path());
    } else if (!toParent) {
      out.writeByte('*');
    }
    ascii(out, " HTTP/1.1\r\nHost: ");
    writeAuthority(target, out);
    out.writeBytes(CRLF);
    MessageHead head = request.head();
    long maxForwards = request.maxForwards();
    for (int i = 0; i < head.fieldCount(); i++) {
      boolean expect = head.isNamed(i, "expect") && !request.expectsContinue();
      boolean counted = maxForwards > 0 && head.isNamed(i, GatedRequest.MAX_FORWARDS);
      if (!expect
          && !counted
          && !head.isNamed(i, CREDENTIALS)
          && whose.rules().keeps(head, i)
          && isEndToEnd(head, i, request.connectionOptions())) {
        writeField(head, i, out);
      }
    }
    if (maxForwards > 0) {
      ascii(out, "Max-Forwards: " + (maxForwards - 1) + "\r\n");
    }
    whose.rules().write(head, whose.client(), whose.peer(), out);
    if (toParent) {
      writeCredentials(credentials, out);
    }
    writeFraming(request.framing(), out);
    if (request.webSocket()) {
      ascii(out, "Connection: upgrade\r\nUpgrade: websocket\r\n");
    }
    out.writeBytes(CRLF);
  }

  /**
   * Writes the response that goes back.
   *
   * @param framing the framing towards the client; for a response without body, what it stated
   * @param connection the Connection field's value, or an empty text for none
   */
  public static void writeResponse(
      GatedResponse response, Framing framing, String connection, ByteBuf out) {
    MessageHead head = response.head();
    ascii(out, "HTTP/1.1 ");
    int from = "HTTP/1.x ".length();
    out.writeBytes(head.bytes(), from, head.startLineEnd() - from);
    if (head.startLineEnd() == from + 3) {
      out.writeByte(' '); // RFC 9112 §4: also before an empty reason
    }
    out.writeBytes(CRLF);
    boolean bodiless = response.framing().kind() == Framing.Kind.NONE;
    for (int i = 0; i < head.fieldCount(); i++) {
      boolean statedLength =
          bodiless && mayStateLength(response.status()) && head.isNamed(i, "content-length");
      if (statedLength && head.find("content-length", 0) == i) {
        ascii(out, "Content-Length: " + Framing.leftOut(head) + "\r\n");
      } else if (isEndToEnd(head, i, response.connectionOptions())) {
        writeField(head, i, out);
      }
    }
    if (!bodiless) {
      writeFraming(framing, out);
    }
    if (response.status() == 101) {
      ascii(out, "Connection: upgrade\r\nUpgrade: websocket\r\n");
    } else if (!connection.isEmpty()) {
      ascii(out, "Connection: ");
      ascii(out, connection);
      out.writeBytes(CRLF);
    }
    out.writeBytes(CRLF);
  }

  /** RFC 9110 §8.6: answers to HEAD and 304 may state the length of what they leave out. */
  private static boolean mayStateLength(int status) {
    return status >= 200 && status != 204;
  }

  /** Writes a chunk's line; the data and {@link #writeCrLf} follow. */
  public static void writeChunkSize(int size, ByteBuf out) {
    ascii(out, Integer.toHexString(size));
    out.writeBytes(CRLF);
  }

  public static void writeCrLf(ByteBuf out) {
    out.writeBytes(CRLF);
  }

  /** Writes the end of a chunked body, with the trailers that may be there. */
  public static void writeLastChunk(@Nullable MessageHead trailers, ByteBuf out) {
    out.writeBytes(LAST_CHUNK);
    if (trailers != null) {
      for (int i = 0; i < trailers.fieldCount(); i++) {
        if (isEndToEnd(trailers, i, List.of()) && !isAnyOf(trailers, i, NOT_IN_TRAILERS)) {
          writeField(trailers, i, out);
        }
      }
    }
    out.writeBytes(CRLF);
  }

  /** Writes {@code CONNECT host:port} for a parent proxy, with credentials if not empty. */
  public static void writeConnect(CanonicalHost host, int port, String credentials, ByteBuf out) {
    String authority = host.text() + ":" + port;
    ascii(out, "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n");
    writeCredentials(credentials, out);
    out.writeBytes(CRLF);
  }

  private static void writeCredentials(String credentials, ByteBuf out) {
    if (!credentials.isEmpty()) {
      ascii(out, "Proxy-Authorization: ");
      out.writeCharSequence(credentials, StandardCharsets.ISO_8859_1);
      out.writeBytes(CRLF);
    }
  }

  private static void writeAuthority(TargetUri.Whole target, ByteBuf out) {
    out.writeBytes(target.host().bytes());
    if (target.port() != (target.tls() ? TargetParser.HTTPS_PORT : TargetParser.HTTP_PORT)) {
      ascii(out, ":" + target.port());
    }
  }

  private static void writeFraming(Framing framing, ByteBuf out) {
    switch (framing.kind()) {
      case LENGTH -> ascii(out, "Content-Length: " + framing.length() + "\r\n");
      case CHUNKED -> ascii(out, "Transfer-Encoding: chunked\r\n");
      default -> {}
    }
  }

  private static boolean isEndToEnd(MessageHead head, int field, List<String> connectionOptions) {
    return !isAnyOf(head, field, OWN) && !isAnyOf(head, field, connectionOptions);
  }

  private static boolean isAnyOf(MessageHead head, int field, List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      if (head.isNamed(field, names.get(i))) {
        return true;
      }
    }
    return false;
  }

  private static void writeField(MessageHead head, int field, ByteBuf out) {
    byte[] bytes = head.bytes();
    out.writeBytes(bytes, head.nameStart(field), head.nameEnd(field) - head.nameStart(field));
    out.writeBytes(SEPARATOR);
    out.writeBytes(bytes, head.valueStart(field), head.valueEnd(field) - head.valueStart(field));
    out.writeBytes(CRLF);
  }

  private static void ascii(ByteBuf out, String text) {
    ByteBufUtil.writeAscii(out, text);
  }
}
