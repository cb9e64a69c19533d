package org.tidegate.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A client that keeps its connection and tells a body that is whole from one that was cut. */
final class LoadClient implements AutoCloseable {
  /** An answer whose framing says that it is whole. */
  record Answer(String head, byte[] body) {
    int status() {
      return Integer.parseInt(head.substring(9, 12));
    }
  }

  private final Socket socket = new Socket();
  private final InputStream in;

  LoadClient(InetSocketAddress gateway) throws IOException {
    socket.setSoTimeout(60_000);
    socket.setTcpNoDelay(true);
    socket.connect(gateway, 60_000);
    in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
  }

  void send(byte[]... parts) throws IOException {
    for (byte[] part : parts) {
      socket.getOutputStream().write(part);
    }
  }

  void send(String text) throws IOException {
    send(text.getBytes(ISO_8859_1));
  }

  String readHead() throws IOException {
    return ScriptedOrigin.readHead(in);
  }

  /** Reads one answer; throws where it is cut. */
  Answer read() throws IOException {
    String head = ScriptedOrigin.readHead(in);
    if (!head.endsWith("\r\n\r\n")) {
      throw new EOFException(head.isEmpty() ? "no answer" : "head cut");
    }
    if (!StrictOrigin.values(head, "transfer-encoding").isEmpty()) {
      return new Answer(head, chunks());
    }
    for (String length : StrictOrigin.values(head, "content-length")) {
      return new Answer(head, readBytes(Integer.parseInt(length)));
    }
    return new Answer(head, in.readAllBytes());
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line(), 16);
      body.write(readBytes(size));
      if (!line().isEmpty()) {
        throw new IOException("chunk end");
      }
      if (size == 0) {
        return body.toByteArray();
      }
    }
  }

  byte[] readBytes(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("body cut");
    }
    return bytes;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b; (b = in.read()) != '\n'; line.append((char) b)) {
      if (b < 0) {
        throw new EOFException("line cut");
      }
    }
    return line.substring(0, line.length() - 1);
  }

  /** Closes by a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
