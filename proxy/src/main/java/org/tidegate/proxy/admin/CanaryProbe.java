package org.tidegate.proxy.admin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.proxy.listen.Listener;

/**
 * Asks a gateway on this machine for lists' canaries, as a client would, by one of its listeners.
 */
public final class CanaryProbe {
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int MOST_BYTES = 64 * 1024;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([1-5][0-9]{2}) .*");

  private final Listener listener;
  private final InetSocketAddress address;

  /** A probe of a listener; one of a wildcard address is asked by loopback. */
  public CanaryProbe(Listener listener) {
    this.listener = listener;
    this.address =
        listener.address().getAddress().isAnyLocalAddress()
            ? new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.address().getPort())
            : listener.address();
  }

  /** Whether the listener lets it in: one that awaits a PROXY header lets in known senders only. */
  public boolean isAdmitted() {
    return listener.admits(address.getAddress());
  }

  /** The address that it comes from: the one that it asks. */
  public byte[] client() {
    return address.getAddress().getAddress();
  }

  /** The status of the answer; none if there was no answer. */
  public OptionalInt ask(String listName) {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(address, TIMEOUT_MILLIS);
      socket.getOutputStream().write(request(listName, socket).getBytes(ISO_8859_1));
      return status(socket.getInputStream());
    } catch (IOException e) {
      return OptionalInt.empty();
    }
  }

  /** Whether a status is one of a splash page. */
  public static boolean isSplash(OptionalInt status) {
    return status.isPresent() && (status.getAsInt() == 403 || status.getAsInt() == 451);
  }

  private String request(String listName, Socket socket) {
    String host = CompiledList.canary(listName).text();
    String target = listener.isTransparent() ? "/" : "http://" + host + "/";
    return (listener.expectsProxyHeader() ? proxyHeader(socket) : "")
        + "GET "
        + target
        + " HTTP/1.1\r\nHost: "
        + host
        + "\r\nConnection: close\r\n\r\n";
  }

  /** Version 1: the connection as it is. */
  private static String proxyHeader(Socket socket) {
    String family = socket.getInetAddress() instanceof Inet4Address ? "TCP4 " : "TCP6 ";
    return "PROXY "
        + family
        + socket.getLocalAddress().getHostAddress()
        + " "
        + socket.getInetAddress().getHostAddress()
        + " "
        + socket.getLocalPort()
        + " "
        + socket.getPort()
        + "\r\n";
  }

  private static OptionalInt status(InputStream in) throws IOException {
    String begin = new String(in.readNBytes(MOST_BYTES), ISO_8859_1);
    Matcher line = STATUS.matcher(begin.lines().findFirst().orElse(""));
    return line.matches() ? OptionalInt.of(Integer.parseInt(line.group(1))) : OptionalInt.empty();
  }
}
