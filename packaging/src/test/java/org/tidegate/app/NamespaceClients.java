package org.tidegate.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Many clients at once, each with an address of its own, that make sure that the origin sees that
 * address and no other in every request. Run by {@link Namespaces}.
 */
final class NamespaceClients {
  private static final int ROUNDS = 12;

  private final InetAddress own;
  private final InetAddress origin;
  private int checked;

  private NamespaceClients(InetAddress own) throws IOException {
    this.own = own;
    this.origin =
        InetAddress.getByName(
            own.getAddress().length == 4 ? Namespaces.ORIGIN_IPV4 : Namespaces.ORIGIN_IPV6);
  }

  public static void main(String[] addresses) throws Exception {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            addresses.length,
            task -> {
              Thread thread = new Thread(task);
              thread.setDaemon(true); // the first failure ends the program
              return thread;
            });
    List<Future<Integer>> all = new ArrayList<>();
    for (String address : addresses) {
      all.add(threads.submit(new NamespaceClients(InetAddress.getByName(address))::run));
    }
    int checked = 0;
    for (Future<Integer> one : all) {
      checked += one.get();
    }
    System.out.println("every address right in " + checked + " requests");
  }

  private int run() throws IOException, GeneralSecurityException {
    for (int round = 0; round < ROUNDS; round++) {
      try (Socket kept = open(80);
          Socket beside = open(80)) {
        get(kept, "one.example", "/" + round);
        get(beside, "one.example", "/beside");
        get(kept, "two.example", "/other-host");
        post(kept, "two.example", 20_000);
        get(kept, "one.example", "/again");
        requireBlocked(beside);
      }
      try (Socket tls = secured(open(443))) {
        get(tls, "one.example", "/tls");
        post(tls, "one.example", 5_000);
      }
    }
    return checked;
  }

  private Socket open(int port) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(20_000);
    socket.bind(new InetSocketAddress(own, 0));
    socket.connect(new InetSocketAddress(origin, port), 20_000);
    return socket;
  }

  private static Socket secured(Socket socket) throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustsAnybody()}, null);
    SSLSocket secured =
        (SSLSocket) context.getSocketFactory().createSocket(socket, "one.example", 443, true);
    secured.startHandshake();
    return secured;
  }

  private void get(Socket socket, String host, String path) throws IOException {
    send(socket, "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    requireSeen(socket);
  }

  private void post(Socket socket, String host, int length) throws IOException {
    String head = "POST /post HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: " + length;
    send(socket, head + "\r\n\r\n" + "x".repeat(length));
    requireSeen(socket);
  }

  private void requireBlocked(Socket socket) throws IOException {
    send(socket, "GET / HTTP/1.1\r\nHost: listed.example\r\nConnection: close\r\n\r\n");
    String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    require(answer.startsWith("HTTP/1.1 403 "), answer);
  }

  private static void send(Socket socket, String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(ISO_8859_1));
  }

  private void requireSeen(Socket socket) throws IOException {
    String answer = read(socket.getInputStream());
    require(answer.contains("<p>saw " + own.getHostAddress() + " "), answer);
  }

  private void require(boolean holds, String answer) {
    if (!holds) {
      throw new AssertionError(own.getHostAddress() + " got " + answer);
    }
    checked++;
  }

  private static String read(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("ended after " + head);
      }
      head.append((char) b);
    }
    String lower = head.toString().toLowerCase(java.util.Locale.ROOT);
    int at = lower.indexOf("content-length: ") + "content-length: ".length();
    int length = Integer.parseInt(lower.substring(at, lower.indexOf('\r', at)));
    return head + new String(in.readNBytes(length), ISO_8859_1);
  }

  private static final class TrustsAnybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
