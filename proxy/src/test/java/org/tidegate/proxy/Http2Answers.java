package org.tidegate.proxy;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An origin that speaks HTTP/2 inside TLS, in the frames that a test says. */
final class Http2Answers implements AutoCloseable {
  /** What becomes of a connection, whose preface has been exchanged; it is closed afterwards. */
  interface Script {
    void serve(Connection connection) throws Exception;
  }

  /** A request's head. */
  record Asked(int stream, Map<String, String> fields, boolean ends) {}

  private final ByteOrigin origin;
  final TlsFront front;
  final List<Asked> asked = new CopyOnWriteArrayList<>();
  final List<Integer> resets = new CopyOnWriteArrayList<>();
  final List<Integer> goAways = new CopyOnWriteArrayList<>();
  final AtomicInteger ended = new AtomicInteger();

  Http2Answers(Script script) throws IOException {
    origin =
        new ByteOrigin(
            (socket, in, out) -> {
              in.readNBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length());
              try {
                Connection connection = new Connection(new Http2Wire(in, out));
                connection.frame(Http2Wire.SETTINGS, 0, 0, new byte[0]);
                script.serve(connection);
              } finally {
                ended.incrementAndGet();
              }
            });
    front = new TlsFront(origin.address(), InspectedGateway::valid, "h2", "http/1.1");
  }

  InetSocketAddress address() {
    return front.address();
  }

  int connections() {
    return origin.connections.get();
  }

  /** One connection's end at the origin. */
  final class Connection {
    private final Http2Wire wire;
    private int bodyBytes;
    private boolean bodyEnded;

    private Connection(Http2Wire wire) {
      this.wire = wire;
    }

    void frame(int type, int flags, int stream, byte[] payload) throws IOException {
      wire.frame(type, flags, stream, payload);
    }

    /** Bytes that are no frame. */
    void raw(byte[] bytes) throws IOException {
      wire.raw(bytes);
    }

    void head(int stream, int flags, String... fields) throws IOException {
      frame(Http2Wire.HEADERS, flags | Http2Wire.END_HEADERS, stream, Http2Wire.block(fields));
    }

    void data(int stream, int flags, byte[] bytes) throws IOException {
      frame(Http2Wire.DATA, flags, stream, bytes);
    }

    /** Says that nothing after this stream was served, or will be. */
    void leave(int last) throws IOException {
      frame(Http2Wire.GOAWAY, 0, 0, new byte[] {0, 0, 0, (byte) last, 0, 0, 0, 0});
    }

    /** Reads up to the next request. */
    Asked next() throws IOException {
      while (true) {
        Http2Wire.Frame frame = read();
        if (frame.type() == Http2Wire.HEADERS) {
          Asked request =
              new Asked(frame.stream(), wire.fields(frame), frame.has(Http2Wire.END_STREAM));
          asked.add(request);
          bodyBytes = 0;
          bodyEnded = request.ends();
          return request;
        }
      }
    }

    /** Reads a request's body to its end, and tells its length. */
    int body() throws IOException {
      while (!bodyEnded) {
        read();
      }
      return bodyBytes;
    }

    /** Reads until the gateway has closed. */
    void rest() throws IOException {
      try {
        while (true) {
          read();
        }
      } catch (EOFException e) {
        // closed
      }
    }

    /** Reads a frame and does what every origin does with it. */
    Http2Wire.Frame read() throws IOException {
      Http2Wire.Frame frame = wire.read();
      switch (frame.type()) {
        case Http2Wire.SETTINGS -> {
          if (!frame.has(Http2Wire.ACK)) {
            frame(Http2Wire.SETTINGS, Http2Wire.ACK, 0, new byte[0]);
          }
        }
        case Http2Wire.DATA -> {
          bodyBytes += frame.payload().length;
          bodyEnded = frame.has(Http2Wire.END_STREAM);
          if (frame.payload().length > 0) {
            wire.windowUpdate(0, frame.payload().length);
            wire.windowUpdate(frame.stream(), frame.payload().length);
          }
        }
        case Http2Wire.RST_STREAM -> resets.add((int) frame.payload()[3]);
        case Http2Wire.GOAWAY -> goAways.add((int) frame.payload()[7]);
        default -> {}
      }
      return frame;
    }
  }

  @Override
  public void close() throws IOException {
    front.close();
    origin.close();
  }
}
