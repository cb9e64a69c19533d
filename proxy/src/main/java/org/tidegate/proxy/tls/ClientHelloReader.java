package org.tidegate.proxy.tls;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Finds a ClientHello in TLS records as they arrive, however they are cut, without consuming them.
 * Until it is there whole it is not copied: what is pending lies in memory that has a cap. Used by
 * one thread.
 */
public final class ClientHelloReader {
  static final int MAX_HELLO = 64 * 1024;
  private static final int MAX_RECORD = 16 * 1024 + 256;
  private static final int RECORD_HEADER = 5;
  private static final int HANDSHAKE_HEADER = 4;
  private static final byte HANDSHAKE = 22;
  private static final byte CLIENT_HELLO = 1;

  private final byte[] header = new byte[HANDSHAKE_HEADER];
  private int length;
  private int scanned;
  private int recordLeft;

  /** Whether bytes that begin so claim to be TLS. */
  public static boolean looksLikeTls(ByteBuf in) {
    return in.isReadable() && in.getByte(in.readerIndex()) == HANDSHAKE;
  }

  /**
   * Reads on in the buffer, which begins with the connection's first byte and is only added to.
   *
   * @return the hello, or null while more bytes are needed
   */
  public @Nullable ClientHello read(ByteBuf in) throws BadHello {
    while (true) {
      if (recordLeft == 0 && !readRecordHeader(in)) {
        return null;
      }
      int available = Math.min(recordLeft, in.readableBytes() - scanned);
      if (available == 0) {
        return null;
      }
      pass(in, available);
      int needed = helloLength();
      if (needed >= 0 && length >= needed) {
        return new ClientHelloParser(collect(in, needed), HANDSHAKE_HEADER, needed).parse();
      }
    }
  }

  private boolean readRecordHeader(ByteBuf in) throws BadHello {
    int at = in.readerIndex() + scanned;
    int there = in.readableBytes() - scanned;
    if ((there > 0 && in.getByte(at) != HANDSHAKE) || (there > 1 && in.getByte(at + 1) != 3)) {
      throw new BadHello();
    }
    if (there < RECORD_HEADER) {
      return false;
    }
    recordLeft = in.getUnsignedShort(at + 3);
    if (recordLeft == 0 || recordLeft > MAX_RECORD) {
      throw new BadHello();
    }
    scanned += RECORD_HEADER;
    return true;
  }

  private void pass(ByteBuf in, int count) throws BadHello {
    if (length < HANDSHAKE_HEADER) {
      int missing = Math.min(HANDSHAKE_HEADER - length, count);
      in.getBytes(in.readerIndex() + scanned, header, length, missing);
    }
    length += count;
    scanned += count;
    recordLeft -= count;
    if (header[0] != CLIENT_HELLO) {
      throw new BadHello();
    }
  }

  /** The length of the whole message, or −1 while it is not known. */
  private int helloLength() throws BadHello {
    if (length < HANDSHAKE_HEADER) {
      return -1;
    }
    int body = (header[1] & 0xff) << 16 | (header[2] & 0xff) << 8 | (header[3] & 0xff);
    if (body > MAX_HELLO - HANDSHAKE_HEADER) {
      throw new BadHello();
    }
    return HANDSHAKE_HEADER + body;
  }

  /** The message out of its records, which were checked as they were passed. */
  private static byte[] collect(ByteBuf in, int needed) {
    byte[] hello = new byte[needed];
    int at = in.readerIndex();
    for (int got = 0; got < needed; ) {
      int count = Math.min(in.getUnsignedShort(at + 3), needed - got);
      in.getBytes(at + RECORD_HEADER, hello, got, count);
      got += count;
      at += RECORD_HEADER + count;
    }
    return hello;
  }
}
