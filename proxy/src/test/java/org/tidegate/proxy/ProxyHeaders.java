package org.tidegate.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.net.Inet4Address;
import java.net.InetSocketAddress;

/** Headers of the PROXY protocol, as a sender in front of the gateway writes them. */
final class ProxyHeaders {
  private ProxyHeaders() {}

  static byte[] v1(InetSocketAddress source, InetSocketAddress destination) {
    boolean ipv4 = source.getAddress() instanceof Inet4Address;
    String line =
        "PROXY %s %s %s %d %d\r\n"
            .formatted(
                ipv4 ? "TCP4" : "TCP6",
                source.getAddress().getHostAddress(),
                destination.getAddress().getHostAddress(),
                source.getPort(),
                destination.getPort());
    return line.getBytes(US_ASCII);
  }

  static byte[] v2(InetSocketAddress source, InetSocketAddress destination, byte... more) {
    ByteArrayOutputStream addresses = new ByteArrayOutputStream();
    addresses.writeBytes(source.getAddress().getAddress());
    addresses.writeBytes(destination.getAddress().getAddress());
    writeShort(addresses, source.getPort());
    writeShort(addresses, destination.getPort());
    addresses.writeBytes(more);
    int family = source.getAddress() instanceof Inet4Address ? 0x11 : 0x21;
    return v2(0x21, family, addresses.toByteArray());
  }

  static byte[] v2(int command, int family, byte[] rest) {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    header.writeBytes("\r\n\r\n\0\r\nQUIT\n".getBytes(US_ASCII));
    header.write(command);
    header.write(family);
    writeShort(header, rest.length);
    header.writeBytes(rest);
    return header.toByteArray();
  }

  private static void writeShort(ByteArrayOutputStream out, int value) {
    out.write(value >>> 8);
    out.write(value);
  }
}
