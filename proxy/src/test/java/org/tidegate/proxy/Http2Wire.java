package org.tidegate.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tidegate.proxy.http.RawText;

/** One end of a connection of HTTP/2, which sends exactly the frames it is told to. */
class Http2Wire {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int PRIORITY = 2;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;
  static final int END_STREAM = 1;
  static final int ACK = 1;
  static final int END_HEADERS = 4;

  /** A frame as it came. */
  record Frame(int type, int flags, int stream, byte[] payload) {
    boolean has(int flag) {
      return (flags & flag) != 0;
    }
  }

  private final DataOutputStream out;
  private final DataInputStream in;
  private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);

  Http2Wire(InputStream in, OutputStream out) {
    this.in = new DataInputStream(in);
    this.out = new DataOutputStream(out);
  }

  void frame(int type, int flags, int stream, byte[] payload) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream(payload.length + 9);
    DataOutputStream data = new DataOutputStream(whole);
    data.writeByte(payload.length >> 16);
    data.writeShort(payload.length);
    data.writeByte(type);
    data.writeByte(flags);
    data.writeInt(stream);
    data.write(payload);
    out.write(whole.toByteArray());
    out.flush();
  }

  /** Fields as literals that are never indexed, their bytes as Latin-1 (RFC 7541 §6.2.3). */
  static byte[] block(String... namesAndValues) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      block.write(0x10);
      string(namesAndValues[i], block);
      string(namesAndValues[i + 1], block);
    }
    return block.toByteArray();
  }

  private static void string(String text, ByteArrayOutputStream block) {
    int length = text.length();
    if (length < 127) {
      block.write(length);
    } else {
      block.write(127);
      int rest = length - 127;
      for (; rest >= 128; rest /= 128) {
        block.write(rest % 128 + 128);
      }
      block.write(rest);
    }
    block.writeBytes(text.getBytes(ISO_8859_1));
  }

  /** The names and values that a row of vectors has from its third column on. */
  static String[] fields(String[] row) {
    return Arrays.stream(row).skip(2).map(RawText::unescape).toArray(String[]::new);
  }

  /** Bytes that are no frame. */
  void raw(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  Frame read() throws IOException {
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    byte[] payload = in.readNBytes(length);
    if (payload.length < length) {
      throw new EOFException();
    }
    return new Frame(type, flags, stream, payload);
  }

  /** The fields of a head that came in one frame. */
  Map<String, String> fields(Frame head) throws IOException {
    try {
      Map<String, String> fields = new LinkedHashMap<>();
      decoder
          .decodeHeaders(head.stream, Unpooled.wrappedBuffer(head.payload))
          .forEach(h -> fields.put(h.getKey().toString(), h.getValue().toString()));
      return fields;
    } catch (Http2Exception e) {
      throw new IOException(e);
    }
  }

  /** What a WINDOW_UPDATE gives. */
  static int size(Frame frame) {
    return Unpooled.wrappedBuffer(frame.payload).readInt();
  }

  void windowUpdate(int stream, int size) throws IOException {
    frame(
        WINDOW_UPDATE,
        0,
        stream,
        new byte[] {(byte) (size >> 24), (byte) (size >> 16), (byte) (size >> 8), (byte) size});
  }
}
