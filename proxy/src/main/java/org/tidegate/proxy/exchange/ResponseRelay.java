package org.tidegate.proxy.exchange;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;
import org.tidegate.proxy.http.BadMessage;
import org.tidegate.proxy.http.BodyReader;
import org.tidegate.proxy.http.Chunks;
import org.tidegate.proxy.http.Framing;
import org.tidegate.proxy.http.GatedRequest;
import org.tidegate.proxy.http.GatedResponse;
import org.tidegate.proxy.http.HeadReader;
import org.tidegate.proxy.http.HeadWriter;
import org.tidegate.proxy.http.MessageHead;
import org.tidegate.proxy.http.Refusal;
import org.tidegate.proxy.http.ResponseGate;
import org.tidegate.proxy.upstream.DialFailure;
import org.tidegate.proxy.upstream.Splice;

/** Brings one answer back: its head written anew, its body slice by slice. */
final class ResponseRelay implements Splice.Relay {
  private static final int SMALL_BODY = 2048;

  /** For what a head is given on its way, and a small body. */
  private static final int ROOM = 128 + SMALL_BODY;

  private final ClientConnection client;
  private final GatedRequest request;
  private final HeadReader reader;
  private ByteBuf pending = Unpooled.EMPTY_BUFFER;
  private @Nullable BodyReader body;
  private Framing framing = Framing.NONE;
  private int status;
  private boolean keepsUpstream;
  private boolean keepAlive;
  private boolean done;
  private boolean begun;
  private boolean inputEnded;
  private boolean endedOrderly;
  private boolean cut;
  private boolean lastsUntilClose;
  private boolean asksCredentials;
  private int interim;

  ResponseRelay(ClientConnection client, GatedRequest request) {
    this.client = client;
    this.request = request;
    Limits limits = client.limits();
    this.reader =
        new HeadReader(MessageHead.Kind.RESPONSE, limits.fieldBytes(), limits.fieldBytes());
  }

  void add(ByteBuf bytes) {
    begun = true;
    pending = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(bytes.alloc(), pending, bytes);
  }

  /** Whether a byte of the answer has come. */
  boolean isBegun() {
    return begun;
  }

  /** Whether the final answer's head has gone to the client. */
  boolean isHeadSent() {
    return status != 0;
  }

  /** Whether the parent asked for credentials that no client can give. */
  boolean asksCredentials() {
    return asksCredentials;
  }

  /** Whether the answer has gone to the client whole. */
  boolean isDone() {
    return done;
  }

  /** Whether the origin granted an upgrade; what follows is no longer HTTP. */
  boolean isUpgraded() {
    return status == 101;
  }

  /** Whether the client may send another request after this answer. */
  boolean keepsClient() {
    return keepAlive;
  }

  /** Whether the upstream connection has nothing outstanding and may be used again. */
  boolean keepsUpstream() {
    return done && keepsUpstream && !pending.isReadable();
  }

  /** Hands over the bytes that follow a granted upgrade. */
  ByteBuf takeRest() {
    ByteBuf rest = pending;
    pending = Unpooled.EMPTY_BUFFER;
    return rest;
  }

  /**
   * Passes on what is there, as far as the client takes it.
   *
   * @param requestSent whether the request went out whole, so that the client's next bytes begin
   *     another
   */
  void relay(boolean requestSent) throws BadMessage {
    while (status == 0) {
      MessageHead head = reader.read(pending);
      if (head == null) {
        cut = inputEnded;
        return;
      }
      begin(ResponseGate.check(head, request.isHead()), requestSent);
    }
    if (!isUpgraded()) {
      relayBody();
    }
  }

  private void begin(GatedResponse next, boolean requestSent) throws BadMessage {
    if (next.status() == 101 && !(request.webSocket() && next.grantsWebSocket())) {
      throw new BadMessage(Refusal.BAD_STATUS_LINE);
    }
    if (next.status() == DialFailure.CREDENTIALS_STATUS
        && !client.services().upstreams().passesChallenges()) {
      asksCredentials = true; // of this gateway: a browser would ask its user for them, in vain
      throw new BadMessage(Refusal.BAD_STATUS_LINE);
    }
    if (next.isInterim()) {
      if (++interim > ResponseGate.MAX_INTERIM) {
        throw new BadMessage(Refusal.HEAD_TOO_LARGE);
      }
      if (request.http11()) { // RFC 9110 §15.2: HTTP/1.0 knows no interim answers
        client.write(head(next, Framing.NONE, ""));
      }
      return;
    }
    status = next.status(); // the head itself is not kept: it may be large, and the body last long
    keepsUpstream = next.keepAlive();
    BodyReader reading = new BodyReader(next.framing(), MessageHead.Kind.RESPONSE);
    body = reading;
    lastsUntilClose = next.framing().kind() == Framing.Kind.UNTIL_CLOSE;
    framing = framingToClient(next.framing());
    keepAlive =
        request.keepAlive()
            && requestSent
            && client.mayContinue()
            && framing.kind() != Framing.Kind.UNTIL_CLOSE;
    ByteBuf head = head(next, framing, Answers.connectionField(request, keepAlive));
    appendSmallBody(reading, head);
    client.write(head);
  }

  /** What is small goes out with the head in one piece. */
  private void appendSmallBody(BodyReader reading, ByteBuf head) throws BadMessage {
    if (reading.plainLeft() <= SMALL_BODY && framing.kind() == Framing.Kind.LENGTH) {
      ByteBuf slice = reading.next(pending);
      if (slice != null) {
        head.writeBytes(slice);
        slice.release();
      }
    }
  }

  /** A body of known length keeps its framing; others are chunked for clients that know chunks. */
  private Framing framingToClient(Framing origin) {
    return switch (origin.kind()) {
      case NONE, LENGTH -> origin;
      case CHUNKED, UNTIL_CLOSE -> request.http11() ? Framing.CHUNKED : Framing.UNTIL_CLOSE;
    };
  }

  private ByteBuf head(GatedResponse next, Framing towardsClient, String connection) {
    ByteBuf head = client.buffer(next.head().size() + ROOM);
    HeadWriter.writeResponse(next, towardsClient, connection, head);
    return head;
  }

  private void relayBody() throws BadMessage {
    BodyReader reading = body;
    if (reading == null || done) {
      return;
    }
    boolean exhausted = false;
    while (!exhausted && client.isWritable()) {
      ByteBuf slice = reading.next(pending);
      if (slice == null) {
        exhausted = true;
      } else {
        Chunks.write(client::write, slice, framing.kind() == Framing.Kind.CHUNKED);
      }
    }
    boolean endsByClose = endedOrderly && lastsUntilClose;
    if (reading.isDone() || (exhausted && endsByClose)) {
      complete(reading.trailers());
    } else {
      cut = exhausted && inputEnded;
    }
  }

  /** How much of a plain body is still to come. */
  long bodyLeft() {
    return body == null ? 0 : body.plainLeft();
  }

  @Override
  public long mayPass() {
    return pending.isReadable() ? 0 : bodyLeft();
  }

  @Override
  public void passed(long bytes) {
    requireNonNull(body).skip(bytes);
  }

  @Override
  public void settled() {
    client.proceed();
  }

  /**
   * Nothing more comes from the origin; what is pending may still be the rest of the answer.
   *
   * @param orderly whether the origin ended its side, so that a body until the close is whole
   */
  void endOfInput(boolean orderly) {
    if (!inputEnded) {
      inputEnded = true;
      endedOrderly = orderly;
    }
  }

  /** Whether the input ended before the answer did. */
  boolean isCut() {
    return cut;
  }

  private void complete(@Nullable MessageHead trailers) {
    done = true;
    if (framing.kind() == Framing.Kind.CHUNKED) {
      ByteBuf end = client.buffer();
      HeadWriter.writeLastChunk(trailers, end);
      client.write(end);
    }
  }

  void release() {
    pending.release();
    pending = Unpooled.EMPTY_BUFFER;
  }
}
