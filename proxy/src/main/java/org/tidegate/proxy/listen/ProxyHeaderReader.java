package org.tidegate.proxy.listen;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header of the PROXY protocol, versions 1 and 2, as HAProxy's specification of 2020 has
 * it. Stateless; consumes the header, and nothing before it is whole.
 */
public final class ProxyHeaderReader {
  static final byte[] SIGNATURE = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};
  private static final int FIXED = 16;
  private static final int LOCAL = 0x20;
  static final int PROXY = 0x21;
  private static final int UNSPECIFIED = 0x00;
  static final int TCP4 = 0x11;
  static final int TCP6 = 0x21;

  private ProxyHeaderReader() {}

  /**
   * Reads at the buffer's beginning.
   *
   * @return the header, or null while more bytes are needed
   */
  public static @Nullable ProxyHeader read(ByteBuf in) throws BadProxyHeader {
    if (!in.isReadable()) {
      return null;
    }
    return in.getByte(in.readerIndex()) == 'P' ? ProxyLine.read(in) : readBinary(in);
  }

  private static @Nullable ProxyHeader readBinary(ByteBuf in) throws BadProxyHeader {
    int from = in.readerIndex();
    for (int i = 0; i < Math.min(SIGNATURE.length, in.readableBytes()); i++) {
      if (in.getByte(from + i) != SIGNATURE[i]) {
        throw new BadProxyHeader();
      }
    }
    if (in.readableBytes() < FIXED) {
      return null;
    }
    int command = in.getUnsignedByte(from + 12);
    int family = in.getUnsignedByte(from + 13);
    int length = in.getUnsignedShort(from + 14);
    int addressLength = addressLength(command, family);
    if (length < 2 * addressLength + (addressLength == 0 ? 0 : 4)) {
      throw new BadProxyHeader();
    }
    if (in.readableBytes() < FIXED + length) {
      return null; // at most 64 KiB, from a trusted sender
    }
    ProxyHeader header =
        addressLength == 0 ? ProxyHeader.LOCAL : addresses(in, from + FIXED, addressLength);
    in.skipBytes(FIXED + length); // what follows the addresses (TLVs) tells of them nothing more
    return header;
  }

  /** The bytes of one address, or 0 where the sender's own addresses count. */
  private static int addressLength(int command, int family) throws BadProxyHeader {
    if (command == LOCAL) {
      return 0; // the family is then to be ignored
    }
    if (command != PROXY) {
      throw new BadProxyHeader();
    }
    return switch (family) {
      case UNSPECIFIED -> 0;
      case TCP4 -> 4;
      case TCP6 -> 16;
      default -> throw new BadProxyHeader(); // datagrams and paths do not come over TCP
    };
  }

  private static ProxyHeader addresses(ByteBuf in, int at, int length) {
    int ports = at + 2 * length;
    return new ProxyHeader(
        new InetSocketAddress(address(in, at, length), in.getUnsignedShort(ports)),
        new InetSocketAddress(address(in, at + length, length), in.getUnsignedShort(ports + 2)));
  }

  private static InetAddress address(ByteBuf in, int at, int length) {
    byte[] bytes = new byte[length];
    in.getBytes(at, bytes);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("address of 4 or 16 bytes expected", e);
    }
  }
}
