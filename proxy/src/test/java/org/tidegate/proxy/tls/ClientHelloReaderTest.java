package org.tidegate.proxy.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;

class ClientHelloReaderTest {

  /** A hello as the JDK's TLS sends it. */
  private static byte[] real(String host) throws Exception {
    SSLEngine engine = SSLContext.getDefault().createSSLEngine(host, 443);
    engine.setUseClientMode(true);
    ByteBuffer out = ByteBuffer.allocate(64 * 1024);
    engine.wrap(ByteBuffer.allocate(0), out);
    return Arrays.copyOf(out.array(), out.position());
  }

  private static byte[] extension(int type, byte[] data) {
    return join(number(type, 2), number(data.length, 2), data);
  }

  private static byte[] name(String host) {
    byte[] bytes = host.getBytes(ISO_8859_1);
    byte[] entry = join(number(0, 1), number(bytes.length, 2), bytes);
    return extension(0, join(number(entry.length, 2), entry));
  }

  private static byte[] message(byte[]... extensions) {
    byte[] all = join(extensions);
    byte[] body =
        join(
            new byte[34],
            number(0, 1),
            number(2, 2),
            number(0x1301, 2),
            number(1, 1),
            number(0, 1),
            number(all.length, 2),
            all);
    return join(number(1, 1), number(body.length, 3), body);
  }

  private static byte[] records(byte[] message, int size) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int at = 0; at < message.length; at += size) {
      byte[] part = Arrays.copyOfRange(message, at, Math.min(message.length, at + size));
      out.writeBytes(join(new byte[] {22, 3, 1}, number(part.length, 2), part));
    }
    return out.toByteArray();
  }

  private static byte[] number(int value, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (value >>> (8 * (size - 1 - i)));
    }
    return bytes;
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** The name, NONE, MORE or BAD; the same however the bytes are cut. */
  private static String read(byte[] bytes) {
    String whole = read(bytes, bytes.length);
    assertThat(read(bytes, 1)).isEqualTo(whole);
    return whole;
  }

  private static String read(byte[] bytes, int slice) {
    ClientHelloReader reader = new ClientHelloReader();
    ByteBuf in = Unpooled.buffer();
    try {
      for (int at = 0; at < bytes.length; at += slice) {
        in.writeBytes(bytes, at, Math.min(slice, bytes.length - at));
        ClientHello hello = reader.read(in);
        if (hello != null) {
          assertThat(in.readerIndex()).isZero();
          return (hello.serverName() == null ? "NONE" : hello.serverName())
              + (hello.encrypted() ? " ECH" : "");
        }
      }
      return "MORE";
    } catch (BadHello e) {
      return "BAD";
    } finally {
      in.release();
    }
  }

  @Test
  void aRealHelloNamesItsServer() throws Exception {
    assertThat(read(real("www.site.example"))).isEqualTo("www.site.example");
  }

  @Test
  void recordsOfAnySizeMeanTheSame() {
    byte[] message = message(extension(0x2a2a, new byte[0]), name("a.example"));
    for (int size : new int[] {1, 2, 3, 5, 100, 16_384}) {
      assertThat(read(records(message, size))).isEqualTo("a.example");
    }
  }

  @Test
  void largeHellosOfNewKeyExchangesPass() {
    assertThat(read(records(message(extension(51, new byte[12_000]), name("a.example")), 16_384)))
        .isEqualTo("a.example");
    assertThat(read(records(message(name("a.example"), extension(21, new byte[60_000])), 16_384)))
        .isEqualTo("a.example");
  }

  @Test
  void noNameAndEncryptedHelloAreSaid() {
    assertThat(read(records(message(), 1000))).isEqualTo("NONE");
    assertThat(read(records(message(extension(0xfe0d, new byte[9]), name("o.example")), 1000)))
        .isEqualTo("o.example ECH");
  }

  @Test
  void aSecondNameIsNoHello() {
    assertThat(read(records(message(name("a.example"), name("b.example")), 1000))).isEqualTo("BAD");
    byte[] two =
        join(
            number(0, 1),
            number(1, 2),
            new byte[] {'a'},
            number(0, 1),
            number(1, 2),
            new byte[] {'b'});
    assertThat(read(records(message(extension(0, join(number(two.length, 2), two))), 1000)))
        .isEqualTo("BAD");
  }

  @Test
  void whatIsNotAHelloIsRefused() {
    assertThat(read(new byte[] {22, 2, 0, 0, 1, 1})).isEqualTo("BAD");
    assertThat(read(new byte[] {22, 3, 1, 0, 0})).isEqualTo("BAD");
    assertThat(read(new byte[] {22, 3, 1, 0, 1, 2})).isEqualTo("BAD");
    assertThat(read(new byte[] {22, 3, 1, (byte) 0xff, (byte) 0xff})).isEqualTo("BAD");
    assertThat(read(records(join(number(1, 1), number(70_000, 3), new byte[100]), 1000)))
        .isEqualTo("BAD");
  }

  @Test
  void everyCutAsksForMoreAndEveryDamagedLengthIsSafe() {
    byte[] bytes = records(message(extension(10, new byte[8]), name("a.example")), 40);
    for (int length = 1; length < bytes.length; length++) {
      assertThat(read(Arrays.copyOf(bytes, length))).isEqualTo("MORE");
    }
    for (int at = 0; at < bytes.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] damaged = bytes.clone();
        damaged[at] ^= (byte) (1 << bit);
        if (damaged[0] == 22) {
          assertThat(read(damaged)).isNotNull();
        }
      }
    }
  }
}
