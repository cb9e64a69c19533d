package org.tidegate.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sends exactly the bytes it is given, and returns exactly those it gets. */
class RawClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 20_000;

  private final Socket socket;

  RawClient(InetSocketAddress proxy) throws IOException {
    socket = new Socket();
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(proxy, TIMEOUT_MILLIS);
  }

  /** One on a connection that was made otherwise. */
  RawClient(Socket connected) throws IOException {
    socket = connected;
    socket.setSoTimeout(TIMEOUT_MILLIS);
  }

  /** One that takes few bytes at a time: its receive buffer is that small. */
  RawClient(InetSocketAddress proxy, int receiveBuffer) throws IOException {
    socket = new Socket();
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setReceiveBufferSize(receiveBuffer);
    socket.connect(proxy, TIMEOUT_MILLIS);
  }

  /** Sends one request on a connection of its own and reads until the other end closes. */
  static String exchange(InetSocketAddress proxy, String request) throws IOException {
    try (RawClient client = new RawClient(proxy)) {
      client.send(request);
      return client.readAll();
    }
  }

  void send(String latin1) throws IOException {
    send(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  String readAll() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  byte[] readBytes(int count) throws IOException {
    return socket.getInputStream().readNBytes(count);
  }

  /** Reads up to and including a text. */
  String readTo(String end) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    for (int b; (b = in.read()) >= 0; ) {
      read.write(b);
      String text = read.toString(StandardCharsets.ISO_8859_1);
      if (text.endsWith(end)) {
        return text;
      }
    }
    throw new IOException("ended after " + read.size() + " bytes, before what was awaited");
  }

  /** Reads a head and a body of the length it states. */
  String readResponse() throws IOException {
    String head = readTo("\r\n\r\n");
    int at = head.toLowerCase(java.util.Locale.ROOT).indexOf("content-length: ");
    if (at < 0) {
      return head;
    }
    int from = at + "content-length: ".length();
    int length = Integer.parseInt(head.substring(from, head.indexOf('\r', from)));
    return head + new String(readBytes(length), StandardCharsets.ISO_8859_1);
  }

  Socket socket() {
    return socket;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
