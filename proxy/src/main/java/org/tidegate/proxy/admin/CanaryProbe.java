package org.tidegate.proxy.admin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidegate.filter.index.CompiledList;

/** Asks a gateway for a list's canary, as a client would, through one of its listeners. */
public final class CanaryProbe {
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int MOST_BYTES = 64 * 1024;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([1-5][0-9]{2}) .*");

  private CanaryProbe() {}

  /**
   * The status of the answer; none if there was no answer.
   *
   * @param listener where the gateway listens; a wildcard address is asked by loopback
   */
  public static OptionalInt ask(InetSocketAddress listener, String listName) {
    String host = CompiledList.canary(listName).text();
    String request =
        "GET http://" + host + "/ HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(reachable(listener), TIMEOUT_MILLIS);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return status(socket.getInputStream());
    } catch (IOException e) {
      return OptionalInt.empty();
    }
  }

  /** Whether a status is one of a splash page. */
  public static boolean isSplash(OptionalInt status) {
    return status.isPresent() && (status.getAsInt() == 403 || status.getAsInt() == 451);
  }

  private static OptionalInt status(InputStream in) throws IOException {
    String begin = new String(in.readNBytes(MOST_BYTES), ISO_8859_1);
    Matcher line = STATUS.matcher(begin.lines().findFirst().orElse(""));
    return line.matches() ? OptionalInt.of(Integer.parseInt(line.group(1))) : OptionalInt.empty();
  }

  /** The address from which and to which a probe of that listener goes. */
  public static InetSocketAddress reachable(InetSocketAddress listener) {
    return listener.getAddress().isAnyLocalAddress()
        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getPort())
        : listener;
  }
}
