package org.tidegate.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** An HTTP proxy that asks who comes, and leads to one server whatever the name. */
final class AskingProxy implements AutoCloseable {
  private final ServerSocket listening;
  private final int server;
  private final String expected;

  /** The heads that came, without credentials or with any. */
  final List<String> heads = new CopyOnWriteArrayList<>();

  private AskingProxy(ServerSocket listening, int server, String login) {
    this.listening = listening;
    this.server = server;
    String encoded = Base64.getEncoder().encodeToString(login.getBytes(UTF_8));
    this.expected = "(?i:\r\nProxy-Authorization): Basic " + Pattern.quote(encoded) + "\r\n";
  }

  static AskingProxy start(int server, String login) throws IOException {
    ServerSocket listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    AskingProxy proxy = new AskingProxy(listening, server, login);
    begin(proxy::accept);
    return proxy;
  }

  String address() {
    return "127.0.0.1:" + listening.getLocalPort();
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void begin(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // One of the two has gone.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listening.accept();
      begin(() -> serve(client));
    }
  }

  private void serve(Socket client) throws IOException {
    try (client) {
      String head = head(client.getInputStream());
      heads.add(head);
      OutputStream out = client.getOutputStream();
      if (!Pattern.compile(expected).matcher(head).find()) {
        String ask =
            "HTTP/1.1 407 Who comes\r\nProxy-Authenticate: Basic realm=\"here\", charset=\"UTF-8\"\r\n";
        out.write((ask + "Connection: close\r\nContent-Length: 0\r\n\r\n").getBytes(ISO_8859_1));
        return;
      }
      try (Socket onward = new Socket()) {
        onward.connect(new InetSocketAddress("127.0.0.1", server));
        if (head.startsWith("CONNECT ")) {
          out.write("HTTP/1.1 200 Here you are\r\n\r\n".getBytes(ISO_8859_1));
        } else {
          onward.getOutputStream().write(withoutProxy(head).getBytes(ISO_8859_1));
        }
        begin(() -> client.getInputStream().transferTo(onward.getOutputStream()));
        onward.getInputStream().transferTo(out);
      }
    }
  }

  /** One request for a connection, so that every one is asked. */
  private String withoutProxy(String head) {
    return head.replaceFirst(" http://[^/]+/", " /")
        .replaceFirst(expected, "\r\nConnection: close\r\n")
        .replaceAll("\r\n(?i:Proxy-Connection|Connection): keep-alive\r\n", "\r\n");
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      head.append((char) c);
      if (head.toString().endsWith("\r\n\r\n")) {
        return head.toString();
      }
    }
    throw new IOException("no head");
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
