package org.tidegate.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A client of HTTP/2 that sends exactly the frames it is told to, well-formed or not. */
final class Http2Client extends Http2Wire implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 20_000;

  /** What became of a stream: its status and body, or the error that ended it. */
  static final class Answer {
    final ByteArrayOutputStream body = new ByteArrayOutputStream();
    final Map<String, String> fields = new LinkedHashMap<>();
    int heads;
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
  private final Map<Integer, Answer> answers = new LinkedHashMap<>();
  private int next = 1;
  private int sendable;
  boolean readsWindows = true;
  int goAway = -1;

  Http2Client(SSLSocket socket) throws IOException {
    super(socket.getInputStream(), socket.getOutputStream());
    this.socket = socket;
    if (!socket.getApplicationProtocol().equals("h2")) {
      throw new IOException(socket.getApplicationProtocol());
    }
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
    frame(SETTINGS, 0, 0, new byte[0]);
  }

  static Http2Client open(InspectedGateway gateway, String host) throws IOException {
    return new Http2Client(
        InspectedGateway.secured(
            gateway.granted(host + ":443"), host, InspectedGateway.OPERATOR, "h2", "http/1.1"));
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

  /** Reads until so much of a stream's body is there. */
  void awaitBody(int stream, int size) throws IOException {
    Answer answer = answers.get(stream);
    while (answer != null && answer.body.size() < size && !answer.ended) {
      readFrame();
    }
  }

  /** Sends a body as far as windows let it, beginning with this one; tells how much that was. */
  int fill(int stream, int window) throws IOException {
    sendable = window;
    int sent = 0;
    socket.setSoTimeout(1_000);
    try {
      while (true) {
        sent += send(stream);
      }
    } catch (SocketTimeoutException e) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      return sent;
    }
  }

  /** Goes on with so many bytes, which are the last. */
  void send(int stream, int size) throws IOException {
    for (int left = size; left > 0; ) {
      left -= send(stream, left, END_STREAM);
    }
  }

  private int send(int stream) throws IOException {
    return send(stream, Integer.MAX_VALUE, 0);
  }

  private int send(int stream, int most, int lastFlag) throws IOException {
    while (sendable == 0) {
      readFrame();
    }
    int size = Math.min(Math.min(sendable, most), 16_384);
    frame(DATA, size == most ? lastFlag : 0, stream, new byte[size]);
    sendable -= size;
    return size;
  }

  /** Reads until the connection has ended; tells the error of its GOAWAY, or −1. */
  int awaitEnd() {
    try {
      while (true) {
        readFrame();
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("the connection goes on", e);
    } catch (IOException e) {
      return goAway;
    }
  }

  private void readFrame() throws IOException {
    Frame frame = read();
    int stream = frame.stream();
    byte[] payload = frame.payload();
    Answer answer = answers.get(stream);
    switch (frame.type()) {
      case HEADERS -> {
        Map<String, String> fields = fields(frame);
        if (answer != null) {
          answer.fields.putAll(fields);
          answer.heads++;
        }
      }
      case DATA -> readData(payload, stream, answer);
      case RST_STREAM -> {
        if (answer != null) {
          answer.error = payload[3];
          answer.ended = true;
        }
      }
      case SETTINGS -> {
        if (!frame.has(ACK)) {
          frame(SETTINGS, ACK, 0, new byte[0]);
        }
      }
      case GOAWAY -> goAway = payload[7];
      case WINDOW_UPDATE -> sendable += stream == 0 ? 0 : size(frame);
      default -> {}
    }
    boolean part = frame.type() == HEADERS || frame.type() == DATA;
    if (answer != null && part && frame.has(END_STREAM)) {
      answer.ended = true;
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

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
