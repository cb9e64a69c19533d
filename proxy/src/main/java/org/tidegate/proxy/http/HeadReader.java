package org.tidegate.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import org.jspecify.annotations.Nullable;

/**
 * Collects a head from bytes as they arrive, within limits. One reader serves one connection, head
 * after head; it is used by one thread.
 */
public final class HeadReader {
  private final MessageHead.Kind kind;
  private final int maxStartLine;
  private final int maxFields;
  private int scanned;
  private int startLineEnd;
  private int lastLineEnd;
  private boolean emptyLineSkipped;

  /** Limits in bytes: the start line, and all fields together. */
  public HeadReader(MessageHead.Kind kind, int maxStartLine, int maxFields) {
    this.kind = kind;
    this.maxStartLine = maxStartLine;
    this.maxFields = maxFields;
    reset();
  }

  private void reset() {
    scanned = 0;
    startLineEnd = -1;
    lastLineEnd = -1;
    emptyLineSkipped = false;
  }

  /**
   * Takes a head off the buffer once it is there whole.
   *
   * @return the head, or null while more bytes are needed; the buffer's reader index then stays
   */
  public @Nullable MessageHead read(ByteBuf in) throws BadMessage {
    skipEmptyLine(in);
    int start = in.readerIndex();
    if (mayBeEmptyLine() && in.readableBytes() == 1 && in.getByte(start) == '\r') {
      return null; // perhaps the first half of an empty line
    }
    if (scanned == 0 && in.isReadable() && !Syntax.isToken(in.getByte(start))) {
      throw new BadMessage(startLineRefusal());
    }
    while (true) {
      int lf = in.forEachByte(start + scanned, in.readableBytes() - scanned, ByteProcessor.FIND_LF);
      checkLimits(lf < 0 ? in.readableBytes() : lf - start);
      if (lf < 0) {
        scanned = in.readableBytes();
        return null;
      }
      scanned = lf - start + 1;
      if (startLineEnd < 0) {
        startLineEnd = lf - start;
      } else if (isEmptyLine(in, lf, start)) {
        return take(in);
      }
      lastLineEnd = lf - start;
    }
  }

  private boolean mayBeEmptyLine() {
    return scanned == 0 && !emptyLineSkipped;
  }

  /** RFC 9112 §2.2: an empty line before a request line is ignored; one, however it arrives. */
  private void skipEmptyLine(ByteBuf in) {
    if (mayBeEmptyLine() && in.readableBytes() >= 2) {
      int at = in.readerIndex();
      if (in.getByte(at) == '\r' && in.getByte(at + 1) == '\n') {
        in.skipBytes(2);
        emptyLineSkipped = true;
      }
    }
  }

  private boolean isEmptyLine(ByteBuf in, int lf, int start) {
    int length = lf - start - lastLineEnd - 1;
    return length == 0 || (length == 1 && in.getByte(lf - 1) == '\r');
  }

  private MessageHead take(ByteBuf in) throws BadMessage {
    byte[] head = new byte[scanned];
    in.readBytes(head);
    reset();
    return MessageHead.parse(head, kind);
  }

  private void checkLimits(int length) throws BadMessage {
    if ((startLineEnd < 0 ? length : startLineEnd) - 1 > maxStartLine) { // its CR is no part of it
      throw new BadMessage(
          kind == MessageHead.Kind.REQUEST ? Refusal.TARGET_TOO_LONG : Refusal.HEAD_TOO_LARGE);
    }
    if (startLineEnd >= 0 && length - startLineEnd > maxFields) {
      throw new BadMessage(Refusal.HEAD_TOO_LARGE);
    }
  }

  private Refusal startLineRefusal() {
    return kind == MessageHead.Kind.REQUEST ? Refusal.BAD_REQUEST_LINE : Refusal.BAD_STATUS_LINE;
  }
}
