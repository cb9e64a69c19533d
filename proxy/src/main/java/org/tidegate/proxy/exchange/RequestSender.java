package org.tidegate.proxy.exchange;

import io.netty.buffer.ByteBuf;
import org.tidegate.proxy.http.BadMessage;
import org.tidegate.proxy.http.BodyReader;
import org.tidegate.proxy.http.Chunks;
import org.tidegate.proxy.http.Framing;
import org.tidegate.proxy.http.GatedRequest;
import org.tidegate.proxy.http.HeadWriter;
import org.tidegate.proxy.http.MessageHead;
import org.tidegate.proxy.upstream.Splice;
import org.tidegate.proxy.upstream.UpstreamConnection;

/** Sends one request onward: its head once, then its body as it arrives. */
final class RequestSender implements Splice.Relay {
  /** For what a head is given on its way. */
  private static final int ROOM = 256;

  private final ClientConnection client;
  private final GatedRequest request;
  private final BodyReader body;
  private boolean sent;
  private long bodyBytes;

  RequestSender(ClientConnection client, GatedRequest request) {
    this.client = client;
    this.request = request;
    this.body = new BodyReader(request.framing(), MessageHead.Kind.REQUEST);
  }

  /** Whether the whole request is on its way. */
  boolean isSent() {
    return sent;
  }

  /** How much of the body is on its way. */
  long bodyBytes() {
    return bodyBytes;
  }

  void sendHead(UpstreamConnection upstream) {
    ByteBuf head = upstream.buffer(request.head().size() + ROOM);
    String credentials = client.services().upstreams().credentials(request.proxyCredentials());
    HeadWriter.writeRequest(
        request, upstream.route().toParent(), credentials, client.whose(), head);
    upstream.write(head);
    sent = body.isDone();
  }

  /** Passes on what is pending of the body, as far as the upstream takes it. */
  void sendBody(UpstreamConnection upstream) throws BadMessage {
    boolean chunked = request.framing().kind() == Framing.Kind.CHUNKED;
    while (!sent && upstream.isWritable()) {
      ByteBuf slice = body.next(client.pending());
      if (slice != null) {
        bodyBytes += slice.readableBytes();
        Chunks.write(upstream::write, slice, chunked);
      } else if (body.isDone()) {
        sent = true;
        if (chunked) {
          ByteBuf end = upstream.buffer();
          HeadWriter.writeLastChunk(body.trailers(), end);
          upstream.write(end);
        }
      } else {
        break;
      }
      if (body.isDone() && !chunked) {
        sent = true;
      }
    }
    upstream.flush();
  }

  /** How much of a plain body is still to come. */
  long bodyLeft() {
    return body.plainLeft();
  }

  @Override
  public long mayPass() {
    return client.pending().isReadable() ? 0 : bodyLeft();
  }

  @Override
  public void passed(long bytes) {
    body.skip(bytes);
    bodyBytes += bytes;
  }

  @Override
  public void settled() {
    client.proceed();
  }
}
