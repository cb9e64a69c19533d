package org.tidegate.proxy.listen;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The two ways to write a PROXY header. */
public enum ProxyVersion {
  /** A line of text. */
  V1 {
    @Override
    public void write(InetSocketAddress source, InetSocketAddress destination, ByteBuf out) {
      boolean ipv4 = isIpv4(source) && isIpv4(destination);
      String line =
          "PROXY "
              + (ipv4 ? "TCP4 " : "TCP6 ")
              + text(source.getAddress(), ipv4)
              + " "
              + text(destination.getAddress(), ipv4)
              + " "
              + source.getPort()
              + " "
              + destination.getPort()
              + "\r\n";
      out.writeCharSequence(line, US_ASCII);
    }
  },

  /** Binary. */
  V2 {
    @Override
    public void write(InetSocketAddress source, InetSocketAddress destination, ByteBuf out) {
      boolean ipv4 = isIpv4(source) && isIpv4(destination);
      out.writeBytes(ProxyHeaderReader.SIGNATURE);
      out.writeByte(ProxyHeaderReader.PROXY);
      out.writeByte(ipv4 ? ProxyHeaderReader.TCP4 : ProxyHeaderReader.TCP6);
      out.writeShort(ipv4 ? 12 : 36);
      out.writeBytes(bytes(source.getAddress(), ipv4));
      out.writeBytes(bytes(destination.getAddress(), ipv4));
      out.writeShort(source.getPort());
      out.writeShort(destination.getPort());
    }
  };

  /** Writes that a connection is one from there to there. */
  public abstract void write(InetSocketAddress source, InetSocketAddress destination, ByteBuf out);

  private static boolean isIpv4(InetSocketAddress socket) {
    return socket.getAddress() instanceof Inet4Address;
  }

  /** A header has one family: where there are two, IPv4 is written IPv4-mapped. */
  private static String text(InetAddress address, boolean ipv4) {
    String text = NetUtil.toAddressString(address);
    return ipv4 || !(address instanceof Inet4Address) ? text : "::ffff:" + text;
  }

  private static byte[] bytes(InetAddress address, boolean ipv4) {
    byte[] bytes = address.getAddress();
    if (ipv4 || bytes.length == 16) {
      return bytes;
    }
    byte[] mapped = new byte[16];
    mapped[10] = -1;
    mapped[11] = -1;
    System.arraycopy(bytes, 0, mapped, 12, 4);
    return mapped;
  }
}
