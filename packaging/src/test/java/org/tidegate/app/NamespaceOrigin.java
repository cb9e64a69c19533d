package org.tidegate.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Everybody in the internet of a test with namespaces: a web server that says whom it saw, and a
 * name server that has every name live there. Run by {@link Namespaces}.
 */
final class NamespaceOrigin {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final Pattern PATH = Pattern.compile("^[^ ]+ ([^ ]+) ");
  private static final Pattern HOST = Pattern.compile("(?im)^host: *([^\r]*)");
  private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *([0-9]+)");
  private static final int A = 1;
  private static final int AAAA = 28;

  private NamespaceOrigin() {}

  public static void main(String[] args) throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    ServerSocket clear = new ServerSocket(80, 512);
    ServerSocket tls =
        context(Path.of(args[0])).getServerSocketFactory().createServerSocket(443, 512);
    threads.execute(() -> accept(clear, threads));
    threads.execute(() -> accept(tls, threads));
    serveNames();
  }

  private static SSLContext context(Path keyStore) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keyStore)) {
      store.load(in, PASSWORD);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static void accept(ServerSocket listener, ExecutorService threads) {
    while (true) {
      try {
        Socket socket = listener.accept();
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (String head = head(in); !head.isEmpty(); head = head(in)) {
        int sent = in.readNBytes(Integer.parseInt(find(LENGTH, head, "0"))).length;
        String saw = socket.getInetAddress().getHostAddress();
        String page =
            "<p>saw %s ask %s for %s with %d bytes</p>\n"
                .formatted(saw, find(HOST, head, ""), find(PATH, head, ""), sent);
        String answer =
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(page.length(), page);
        socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
      }
    } catch (IOException e) {
      // the client is gone
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        return "";
      }
      head.append((char) b);
    }
    return head.toString();
  }

  private static String find(Pattern pattern, String head, String absent) {
    Matcher m = pattern.matcher(head);
    return m.find() ? m.group(1) : absent;
  }

  private static void serveNames() throws IOException {
    byte[] buffer = new byte[1500];
    try (DatagramSocket socket = new DatagramSocket(53)) {
      while (true) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        byte[] answer = names(Arrays.copyOf(buffer, packet.getLength()));
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      }
    }
  }

  private static byte[] names(byte[] query) throws IOException {
    int end = 12;
    while (query[end] != 0) {
      end += query[end] + 1;
    }
    int type = query[end + 2];
    byte[] address =
        InetAddress.getByName(type == AAAA ? Namespaces.ORIGIN_IPV6 : Namespaces.ORIGIN_IPV4)
            .getAddress();
    boolean known = type == A || type == AAAA;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(query, 0, 2);
    out.writeBytes(new byte[] {(byte) 0x81, (byte) 0x80, 0, 1, 0, (byte) (known ? 1 : 0)});
    out.writeBytes(new byte[4]);
    out.write(query, 12, end + 5 - 12);
    if (known) {
      out.writeBytes(new byte[] {(byte) 0xc0, 12, 0, (byte) type, 0, 1, 0, 0, 0, 60, 0});
      out.write(address.length);
      out.writeBytes(address);
    }
    return out.toByteArray();
  }
}
