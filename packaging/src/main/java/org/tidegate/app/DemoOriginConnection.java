package org.tidegate.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/**
 * One connection to the demo's origin: requests are read one after the other, bodies are read and
 * forgotten. ISO 8859-1 keeps every byte of a target as it came.
 */
final class DemoOriginConnection {
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final Runnable onRequest;

  DemoOriginConnection(Socket socket, Runnable onRequest) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = new BufferedOutputStream(socket.getOutputStream());
    this.onRequest = onRequest;
  }

  void serve() throws IOException {
    socket.setTcpNoDelay(true);
    HttpHead head = HttpHead.read(in);
    while (head != null && head.startLine().contains(" HTTP/1.")) {
      onRequest.run();
      if (head.has("expect", "100-continue")) {
        out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
        out.flush();
      }
      HttpBody.read(head, in, 0);
      boolean last = head.has("connection", "close") || head.startLine().endsWith("/1.0");
      answer(head, last);
      head = last ? null : HttpHead.read(in);
    }
  }

  private void answer(HttpHead request, boolean last) throws IOException {
    byte[] page = page(request).getBytes(ISO_8859_1);
    String head =
        "HTTP/1.1 200 OK\r\n"
            + "Content-Type: text/plain; charset=iso-8859-1\r\n"
            + "X-Content-Type-Options: nosniff\r\n"
            + ("Content-Length: " + page.length + "\r\n")
            + (last ? "Connection: close\r\n" : "")
            + "\r\n";
    out.write(head.getBytes(ISO_8859_1));
    if (!request.startLine().startsWith("HEAD ")) {
      out.write(page);
    }
    out.flush();
  }

  /** What was asked for, in the first line, for the proof to read. */
  static String page(HttpHead request) {
    return request.startLine()
        + "\n\nThis page comes from the demo's own origin, through the gateway: it is on no list.\n";
  }
}
