package org.tidegate.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.util.List;
import org.tidegate.app.DemoRow.Expected;

/**
 * Sends each row's request through the gateway's socket, as the bytes that it is, and tells what
 * came of it: by the answer, and by whether the origin was asked.
 */
final class DemoProof {
  private static final int TIMEOUT_MILLIS = 20_000;

  private final InetSocketAddress gateway;
  private final DemoOrigin origin;
  private final String listTitle;

  /**
   * Prepares a proof.
   *
   * @param listTitle by which a splash page is known: no other answer carries it
   */
  DemoProof(InetSocketAddress gateway, DemoOrigin origin, String listTitle) {
    this.gateway = gateway;
    this.origin = origin;
    this.listTitle = listTitle;
  }

  /** What came of one row. */
  record Outcome(DemoRow row, String seen, boolean asExpected) {}

  List<Outcome> run(List<DemoRow> rows) {
    return rows.stream().map(this::run).toList();
  }

  private Outcome run(DemoRow row) {
    long before = origin.requests();
    String seen;
    boolean asExpected;
    try {
      Answer answer = ask(row.request());
      seen = describe(row, answer) + " (" + answer.status + ")";
      asExpected = seen.startsWith(row.expected().text() + " (");
    } catch (IOException e) {
      return new Outcome(row, "no answer", false);
    }
    boolean asked = origin.requests() != before;
    if (asked != (row.expected() == Expected.PASSED)) {
      return new Outcome(row, asked ? "the origin was asked" : seen, false);
    }
    return new Outcome(row, seen, asExpected);
  }

  private String describe(DemoRow row, Answer answer) {
    if (row.isConnect()) {
      return answer.status == 403 ? Expected.REFUSED.text() : "answered";
    }
    if (answer.status == 403 && answer.body(UTF_8).contains(listTitle)) {
      return Expected.SPLASH.text();
    }
    if (answer.status != 200) {
      return "answered";
    }
    String firstLine = answer.body(ISO_8859_1).lines().findFirst().orElse("");
    return firstLine.equals(row.startLineOnward()) ? Expected.PASSED.text() : "passed on, changed";
  }

  /** What came back: a status, or 0, and the body. */
  record Answer(int status, byte[] bytes) {
    String body(Charset charset) {
      return new String(bytes, charset);
    }
  }

  /** Sends a request over a connection of its own and reads the answer. */
  Answer ask(byte[] request) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(gateway, TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(request);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      HttpHead head = HttpHead.read(in);
      if (head == null) {
        throw new IOException("closed without an answer");
      }
      boolean tunnel = head.status() == 200 && request[0] == 'C';
      byte[] body = tunnel ? new byte[0] : HttpBody.read(head, in, Long.MAX_VALUE);
      return new Answer(head.status(), body);
    }
  }
}
