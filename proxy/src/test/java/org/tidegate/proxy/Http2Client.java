package org.tidegate.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A client of HTTP/2 that sends exactly the frames it is told to, well-formed or not. */
final class Http2Client implements AutoCloseable {
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

  /** What became of a stream: its status and body, or the error that ended it. */
  static final class Answer {
    final ByteArrayOutputStream body = new ByteArrayOutputStream();
    final Map<String, String> fields = new LinkedHashMap<>();
    int error = -1;
    boolean ended;

    String status() {
      return fields.getOrDefault(":status", "");
    }

    String text() {
      return body.toString(ISO_8859_1);
    }
  }

  private final SSLSocket socket;
  private final DataOutputStream out;
  private final DataInputStream in;
  private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
  private final Map<Integer, Answer> answers = new LinkedHashMap<>();
  private int next = 1;
  boolean readsWindows = true;
  int goAway = -1;

  Http2Client(SSLSocket socket) throws IOException {
    this.socket = socket;
    if (!socket.getApplicationProtocol().equals("h2")) {
      throw new IOException(socket.getApplicationProtocol());
    }
    socket.setSoTimeout(20_000);
    out = new DataOutputStream(socket.getOutputStream());
    in = new DataInputStream(socket.getInputStream());
    out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
    frame(SETTINGS, 0, 0, new byte[0]);
  }

  static Http2Client open(InspectedGateway gateway, String host) throws IOException {
    return new Http2Client(
        InspectedGateway.secured(
            gateway.granted(host + ":443"), host, InspectedGateway.OPERATOR, "h2", "http/1.1"));
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

  /** Opens a stream with these fields. */
  int headers(int flags, String... namesAndValues) throws IOException {
    int stream = next;
    next += 2;
    answers.put(stream, new Answer());
    frame(HEADERS, flags, stream, block(namesAndValues));
    return stream;
  }

  int get(String host, String path) throws IOException {
    return headers(
        END_HEADERS | END_STREAM,
        ":method",
        "GET",
        ":scheme",
        "https",
        ":authority",
        host,
        ":path",
        path);
  }

  /** Reads until a stream has ended, by its end, a reset or the connection's end. */
  Answer await(int stream) throws IOException {
    Answer answer = answers.get(stream);
    if (answer == null) {
      throw new IllegalArgumentException("stream " + stream);
    }
    try {
      while (!answer.ended) {
        readFrame();
      }
    } catch (EOFException e) {
      answer.ended = true;
    }
    return answer;
  }

  /** Reads until the connection has ended; tells the error of its GOAWAY, or −1. */
  int awaitEnd() {
    try {
      while (true) {
        readFrame();
      }
    } catch (IOException e) {
      return goAway;
    }
  }

  private void readFrame() throws IOException {
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    byte[] payload = in.readNBytes(length);
    if (payload.length < length) {
      throw new EOFException();
    }
    Answer answer = answers.get(stream);
    switch (type) {
      case HEADERS -> readFields(payload, stream, answer);
      case DATA -> readData(payload, stream, answer);
      case RST_STREAM -> {
        if (answer != null) {
          answer.error = payload[3];
          answer.ended = true;
        }
      }
      case SETTINGS -> {
        if ((flags & ACK) == 0) {
          frame(SETTINGS, ACK, 0, new byte[0]);
        }
      }
      case GOAWAY -> goAway = payload[7];
      default -> {}
    }
    if (answer != null && (type == HEADERS || type == DATA) && (flags & END_STREAM) != 0) {
      answer.ended = true;
    }
  }

  private void readFields(byte[] payload, int stream, @Nullable Answer answer) throws IOException {
    try {
      Http2Headers headers = decoder.decodeHeaders(stream, Unpooled.wrappedBuffer(payload));
      if (answer != null) {
        headers.forEach(h -> answer.fields.put(h.getKey().toString(), h.getValue().toString()));
      }
    } catch (Http2Exception e) {
      throw new IOException(e);
    }
  }

  private void readData(byte[] payload, int stream, @Nullable Answer answer) throws IOException {
    if (answer != null) {
      answer.body.writeBytes(payload);
    }
    if (readsWindows && payload.length > 0) {
      windowUpdate(0, payload.length);
      if (answer != null) {
        windowUpdate(stream, payload.length);
      }
    }
  }

  void windowUpdate(int stream, int size) throws IOException {
    frame(
        WINDOW_UPDATE,
        0,
        stream,
        new byte[] {(byte) (size >> 24), (byte) (size >> 16), (byte) (size >> 8), (byte) size});
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
