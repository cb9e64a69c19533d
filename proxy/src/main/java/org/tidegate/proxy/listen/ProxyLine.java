package org.tidegate.proxy.listen;

import io.netty.buffer.ByteBuf;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a PROXY header of version 1: one line of text. Stateless. */
final class ProxyLine {
  /** With its line end, whatever it holds. */
  private static final int MAX_LENGTH = 107;

  private static final String START = "PROXY ";
  private static final String PORT = "(0|[1-9][0-9]{0,4})";
  private static final Pattern TCP4 =
      Pattern.compile("TCP4 ([0-9.]{7,15}) ([0-9.]{7,15}) " + PORT + " " + PORT);
  private static final Pattern TCP6 =
      Pattern.compile("TCP6 ([0-9A-Fa-f:.]{2,45}) ([0-9A-Fa-f:.]{2,45}) " + PORT + " " + PORT);
  private static final Pattern UNKNOWN = Pattern.compile("UNKNOWN(?: [\\x20-\\x7e]*)?");

  private ProxyLine() {}

  static @Nullable ProxyHeader read(ByteBuf in) throws BadProxyHeader {
    int from = in.readerIndex();
    int there = Math.min(in.readableBytes(), MAX_LENGTH);
    for (int i = 0; i < Math.min(there, START.length()); i++) {
      if (in.getByte(from + i) != START.charAt(i)) {
        throw new BadProxyHeader();
      }
    }
    int lineFeed = in.indexOf(from, from + there, (byte) '\n');
    if (lineFeed < 0) {
      if (there == MAX_LENGTH) {
        throw new BadProxyHeader();
      }
      return null;
    }
    int end = lineFeed - 1;
    if (end < from + START.length() || in.getByte(end) != '\r') {
      throw new BadProxyHeader();
    }
    int start = from + START.length();
    ProxyHeader header = parse(in.toString(start, end - start, StandardCharsets.ISO_8859_1));
    in.skipBytes(lineFeed + 1 - from);
    return header;
  }

  private static ProxyHeader parse(String line) throws BadProxyHeader {
    Matcher tcp4 = TCP4.matcher(line);
    if (tcp4.matches()) {
      return header(tcp4, 4);
    }
    Matcher tcp6 = TCP6.matcher(line);
    if (tcp6.matches()) {
      return header(tcp6, 16);
    }
    if (UNKNOWN.matcher(line).matches()) {
      return ProxyHeader.LOCAL;
    }
    throw new BadProxyHeader();
  }

  private static ProxyHeader header(Matcher m, int length) throws BadProxyHeader {
    return new ProxyHeader(
        socket(m.group(1), m.group(3), length), socket(m.group(2), m.group(4), length));
  }

  private static InetSocketAddress socket(String address, String port, int length)
      throws BadProxyHeader {
    boolean family =
        length == 4 ? NetUtil.isValidIpV4Address(address) : NetUtil.isValidIpV6Address(address);
    byte[] bytes = family ? NetUtil.createByteArrayFromIpAddressString(address) : null;
    int number = Integer.parseInt(port);
    if (bytes == null || number > 65_535) {
      throw new BadProxyHeader();
    }
    try {
      return new InetSocketAddress(InetAddress.getByAddress(bytes), number);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("address of 4 or 16 bytes expected", e);
    }
  }
}
