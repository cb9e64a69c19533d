package org.tidegate.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import org.jspecify.annotations.Nullable;

/**
 * Takes one body off the bytes of a connection, slice by slice, without collecting it. What follows
 * the body stays in the buffer. Used by one thread.
 */
public final class BodyReader {
  private static final int MAX_CHUNK_LINE = 4096;
  private static final int MAX_TRAILERS = 32 * 1024;
  private static final int MAX_SIZE_DIGITS = 15;

  private enum State {
    DATA,
    CHUNK_SIZE,
    CHUNK_END,
    TRAILERS,
    DONE
  }

  private final Framing framing;
  private final MessageHead.Kind kind;
  private State state;
  private long left;
  private @Nullable MessageHead trailers;

  public BodyReader(Framing framing, MessageHead.Kind kind) {
    this.framing = framing;
    this.kind = kind;
    this.left = framing.kind() == Framing.Kind.UNTIL_CLOSE ? Long.MAX_VALUE : framing.length();
    this.state =
        !framing.hasBody()
            ? State.DONE
            : framing.kind() == Framing.Kind.CHUNKED ? State.CHUNK_SIZE : State.DATA;
  }

  /** Whether the body was read whole. One that lasts until its connection closes never is. */
  public boolean isDone() {
    return state == State.DONE;
  }

  /** How much is left of a body whose bytes are all its own: of known length, without chunks. */
  public long plainLeft() {
    return framing.kind() == Framing.Kind.LENGTH && state == State.DATA ? left : 0;
  }

  /** Takes off bytes that went another way, no more than {@link #plainLeft}. */
  public void skip(long bytes) {
    if (bytes > plainLeft()) {
      throw new IllegalArgumentException(bytes + " (expected: no more than is left)");
    }
    pass(bytes);
  }

  /** The trailer fields of a chunked body that is done, if it has any. */
  public @Nullable MessageHead trailers() {
    return trailers;
  }

  /**
   * Takes the next slice of the body.
   *
   * @return a retained slice, never empty; null when more bytes are needed or the body is done
   */
  public @Nullable ByteBuf next(ByteBuf in) throws BadMessage {
    while (state != State.DONE) {
      if (state == State.DATA) {
        int length = (int) Math.min(left, in.readableBytes());
        return length == 0 ? null : take(in, length);
      }
      if (!readLine(in)) {
        return null;
      }
    }
    return null;
  }

  private ByteBuf take(ByteBuf in, int length) {
    pass(length);
    return in.readRetainedSlice(length);
  }

  private void pass(long bytes) {
    if (framing.kind() != Framing.Kind.UNTIL_CLOSE) {
      left -= bytes;
      if (left == 0) {
        state = framing.kind() == Framing.Kind.CHUNKED ? State.CHUNK_END : State.DONE;
      }
    }
  }

  private boolean readLine(ByteBuf in) throws BadMessage {
    return switch (state) {
      case CHUNK_SIZE -> readChunkSize(in);
      case CHUNK_END -> readChunkEnd(in);
      case TRAILERS -> readTrailers(in);
      default -> throw new IllegalStateException(state.name());
    };
  }

  /** RFC 9112 §7.1: a size, and extensions that are read over. The line ends in CR LF, no less. */
  private boolean readChunkSize(ByteBuf in) throws BadMessage {
    int start = in.readerIndex();
    int lf = in.forEachByte(start, in.readableBytes(), ByteProcessor.FIND_LF);
    int length = (lf < 0 ? in.writerIndex() : lf) - start;
    if (length > MAX_CHUNK_LINE) {
      throw new BadMessage(Refusal.BAD_CHUNK);
    }
    if (lf < 0) {
      return false;
    }
    int end = lf - 1;
    if (end < start || in.getByte(end) != '\r') {
      throw new BadMessage(Refusal.BAD_CHUNK);
    }
    int at = start;
    left = 0;
    for (int digit; at < end && (digit = Syntax.hexValue(in.getByte(at))) >= 0; at++) {
      left = 16 * left + digit;
      if (at - start >= MAX_SIZE_DIGITS) {
        throw new BadMessage(Refusal.BAD_CHUNK);
      }
    }
    requireExtension(in, at, end);
    if (at == start) {
      throw new BadMessage(Refusal.BAD_CHUNK);
    }
    in.readerIndex(lf + 1);
    state = left == 0 ? State.TRAILERS : State.DATA;
    return true;
  }

  private void requireExtension(ByteBuf in, int from, int end) throws BadMessage {
    int at = from;
    while (at < end && Syntax.isSpace(in.getByte(at))) {
      at++;
    }
    boolean paddedOnly = at == end && (at == from || kind == MessageHead.Kind.RESPONSE);
    if (!paddedOnly && (at == end || in.getByte(at) != ';')) {
      throw new BadMessage(Refusal.BAD_CHUNK);
    }
    for (; at < end; at++) {
      if (!Syntax.isFieldValue(in.getByte(at))) {
        throw new BadMessage(Refusal.BAD_CHUNK);
      }
    }
  }

  private boolean readChunkEnd(ByteBuf in) throws BadMessage {
    int start = in.readerIndex();
    int there = Math.min(in.readableBytes(), 2);
    if ((there > 0 && in.getByte(start) != '\r') || (there > 1 && in.getByte(start + 1) != '\n')) {
      throw new BadMessage(Refusal.BAD_CHUNK);
    }
    if (there < 2) {
      return false;
    }
    in.skipBytes(2);
    state = State.CHUNK_SIZE;
    return true;
  }

  /** RFC 9112 §7.1.2: fields up to an empty line. */
  private boolean readTrailers(ByteBuf in) throws BadMessage {
    int start = in.readerIndex();
    int lineStart = start;
    while (true) {
      int lf = in.forEachByte(lineStart, in.writerIndex() - lineStart, ByteProcessor.FIND_LF);
      if ((lf < 0 ? in.writerIndex() : lf) - start > MAX_TRAILERS) {
        throw new BadMessage(Refusal.BAD_TRAILER);
      }
      if (lf < 0) {
        return false;
      }
      if (lf - lineStart <= 1 && (lf == lineStart || in.getByte(lineStart) == '\r')) {
        byte[] section = new byte[lf + 1 - start];
        in.readBytes(section);
        MessageHead fields = MessageHead.parseTrailers(section, kind);
        trailers = fields.fieldCount() == 0 ? null : fields;
        state = State.DONE;
        return true;
      }
      lineStart = lf + 1;
    }
  }
}
