package org.tidegate.proxy.listen;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderReaderTest {
  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
  private static final String ADDRESSES = "c0000202" + "cb007102" + "9c40" + "01bb";

  private static ByteBuf text(String text) {
    return Unpooled.copiedBuffer(text, ISO_8859_1);
  }

  private static ByteBuf hex(String afterSignature) {
    return Unpooled.wrappedBuffer(HexFormat.of().parseHex(SIGNATURE + afterSignature));
  }

  private static ProxyHeader between(String source, int sourcePort, String target, int targetPort) {
    return new ProxyHeader(
        new InetSocketAddress(source, sourcePort), new InetSocketAddress(target, targetPort));
  }

  /** Whole only with its last byte, and then nothing behind it is touched. */
  private static void reads(ByteBuf header, ProxyHeader expected) throws BadProxyHeader {
    for (int length = 0; length < header.readableBytes(); length++) {
      ByteBuf part = header.slice(0, length);
      assertThat(ProxyHeaderReader.read(part)).isNull();
      assertThat(part.readerIndex()).isZero();
    }
    ByteBuf more = Unpooled.wrappedBuffer(header, text("GET / HTTP/1.1"));
    assertThat(ProxyHeaderReader.read(more)).isEqualTo(expected);
    assertThat(more.toString(ISO_8859_1)).isEqualTo("GET / HTTP/1.1");
  }

  @Test
  void readsLines() throws BadProxyHeader {
    reads(
        text("PROXY TCP4 192.0.2.2 203.0.113.2 40000 443\r\n"),
        between("192.0.2.2", 40_000, "203.0.113.2", 443));
    reads(
        text("PROXY TCP6 2001:db8::2 2001:DB8::1 1 65535\r\n"),
        between("2001:db8::2", 1, "2001:db8::1", 65_535));
    reads(text("PROXY UNKNOWN\r\n"), ProxyHeader.LOCAL);
    reads(text("PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\r\n"), ProxyHeader.LOCAL);
  }

  @Test
  void readsBinaryHeadersAndSkipsWhatFollowsTheAddresses() throws BadProxyHeader {
    ProxyHeader expected = between("192.0.2.2", 40_000, "203.0.113.2", 443);
    reads(hex("2111000c" + ADDRESSES), expected);
    reads(hex("21110013" + ADDRESSES + "0400040a0b0c0d"), expected);
    String six = "20010db8000000000000000000000002" + "20010db8000000000000000000000001";
    reads(hex("21210024" + six + "0001ffff"), between("2001:db8::2", 1, "2001:db8::1", 65_535));
    reads(hex("20000000"), ProxyHeader.LOCAL);
    reads(hex("2011000c" + ADDRESSES), ProxyHeader.LOCAL);
    reads(hex("21000003" + "010203"), ProxyHeader.LOCAL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n",
        "PROXY TCP4 192.0.2.2 203.0.113.2 40000 443\n",
        "PROXY  TCP4 192.0.2.2 203.0.113.2 40000 443\r\n",
        "PROXY TCP4 192.0.2.2 203.0.113.2 40000\r\n",
        "PROXY TCP4 192.0.2.2 203.0.113.2 40000 443 \r\n",
        "PROXY TCP4 192.0.2.2 203.0.113.2 40000 65536\r\n",
        "PROXY TCP4 192.0.2.2 203.0.113.2 040 443\r\n",
        "PROXY TCP4 192.0.2.256 203.0.113.2 40000 443\r\n",
        "PROXY TCP4 2001:db8::2 2001:db8::1 40000 443\r\n",
        "PROXY TCP6 192.0.2.2 203.0.113.2 40000 443\r\n",
        "PROXY TCP6 2001:db8::2%1 2001:db8::1 40000 443\r\n",
        "PROXY UDP4 192.0.2.2 203.0.113.2 40000 443\r\n",
        "PROXY unknown\r\n",
        "proxy UNKNOWN\r\n",
        "\r\n\r\n\u0000\r\nQUIT\r",
      })
  void refusesWhatIsNoHeader(String bytes) {
    assertThatThrownBy(() -> ProxyHeaderReader.read(text(bytes)))
        .isInstanceOf(BadProxyHeader.class);
  }

  @Test
  void refusesALineThatDoesNotEnd() throws BadProxyHeader {
    String line = "PROXY UNKNOWN " + "x".repeat(92);
    assertThat(ProxyHeaderReader.read(text(line))).isNull();
    assertThatThrownBy(() -> ProxyHeaderReader.read(text(line + "x")))
        .isInstanceOf(BadProxyHeader.class);
  }

  @ParameterizedTest
  @CsvSource({"3111000c", "2211000c", "2112000c", "21310000", "2111000b", "21210023", "2101000c"})
  void refusesOtherVersionsCommandsFamiliesAndLengths(String begin) {
    assertThatThrownBy(() -> ProxyHeaderReader.read(hex(begin + ADDRESSES)))
        .isInstanceOf(BadProxyHeader.class);
  }

  @ParameterizedTest
  @EnumSource(ProxyVersion.class)
  void readsWhatIsWritten(ProxyVersion version) throws BadProxyHeader {
    InetSocketAddress four = new InetSocketAddress("192.0.2.2", 40_000);
    InetSocketAddress six = new InetSocketAddress("2001:db8::1", 443);
    InetSocketAddress other = new InetSocketAddress("203.0.113.2", 80);
    for (InetSocketAddress target : new InetSocketAddress[] {six, other}) {
      ByteBuf out = Unpooled.buffer();
      version.write(four, target, out);
      assertThat(ProxyHeaderReader.read(out)).isEqualTo(new ProxyHeader(four, target));
    }
  }
}
