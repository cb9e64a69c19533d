package org.tidegate.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.tidegate.filter.FailurePolicy;
import org.tidegate.filter.Policy;
import org.tidegate.filter.UrlFilter;
import org.tidegate.proxy.http.RawText;

/**
 * Answers that two parsers could read differently: refused, or rewritten so that one reading is
 * left. None is taken for whole that is not, and nobody gets another's.
 */
@SuppressWarnings("NullAway.Init")
@Timeout(120)
@ParameterizedClass
@EnumSource(Door.class)
class HostileAnswerIT {
  private static final Pattern REPEATED = Pattern.compile("\\{([^{}]*)\\*(\\d+)}");

  private final Door door;
  private List<Row> rows;
  private ScriptedOrigin origin;
  private OpenDoor open;

  private record Row(String method, boolean closes, String expected, String answer, String shows) {
    static Row of(String[] columns) {
      String repeated =
          REPEATED
              .matcher(columns[4])
              .replaceAll(
                  m ->
                      java.util.regex.Matcher.quoteReplacement(
                          m.group(1).repeat(Integer.parseInt(m.group(2)))));
      return new Row(
          columns[1],
          columns[2].equals("close"),
          columns[3],
          RawText.unescape(repeated),
          columns[0] + ": " + columns[5]);
    }

    String request(int number) {
      String body = method.equals("POST") ? "Content-Length: 100000\r\n" : "";
      return method
          + " http://a.example/"
          + number
          + " HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n"
          + body
          + "\r\n";
    }
  }

  HostileAnswerIT(Door door) {
    this.door = door;
  }

  @BeforeEach
  void start() throws IOException {
    rows = RawText.rows("/vectors/hostile-answers.tsv").stream().map(Row::of).toList();
    origin = new ScriptedOrigin(this::answer);
    UrlFilter passing = new UrlFilter(Policy.everyList(FailurePolicy.PASS));
    open = door.open(DoorSetup.of(origin.address(), passing));
  }

  @AfterEach
  void stop() throws IOException {
    open.close();
    origin.close();
  }

  private boolean answer(String head, InputStream in, OutputStream out) throws IOException {
    String path = head.split(" ")[1];
    if (path.equals("/after")) {
      out.write(ScriptedOrigin.ok("own answer").getBytes(ISO_8859_1));
      return true;
    }
    Row row = rows.get(Integer.parseInt(path.substring(1)));
    out.write(row.answer().getBytes(ISO_8859_1));
    return !row.closes();
  }

  @Test
  void everyAnswerHasOneReadingOrNone() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      String got = outcome(row, i);
      String next = after();
      if (!got.equals(row.expected()) || !next.endsWith("\r\n\r\nown answer")) {
        wrong.add(row.shows() + " -> " + got + ", then " + next.lines().findFirst().orElse(""));
      }
    }
    assertThat(wrong).isEmpty();
  }

  private String after() throws IOException {
    return open.exchange(
        "GET http://a.example/after HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n");
  }

  private String outcome(Row row, int number) throws IOException {
    ByteArrayOutputStream got = new ByteArrayOutputStream();
    try (RawClient client = open.client()) {
      client.send(row.request(number));
      InputStream in = client.socket().getInputStream();
      for (int b; (b = in.read()) >= 0; ) {
        got.write(b);
      }
    } catch (IOException e) {
      // a reset: what came before it counts
    }
    String answer = got.toString(ISO_8859_1);
    while (answer.startsWith("HTTP/1.1 1") && answer.contains("\r\n\r\n")) {
      answer = answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
    return reading(row, answer);
  }

  private static String reading(Row row, String answer) {
    int headEnd = answer.indexOf("\r\n\r\n") + 4;
    if (headEnd < 4) {
      return "cut"; // a reset takes along what was not read
    }
    String head = answer.substring(0, headEnd);
    String status = head.substring(9, 12);
    if (status.equals("502")) {
      return status;
    }
    String body = answer.substring(headEnd);
    boolean bodiless = row.method().equals("HEAD") || status.equals("204") || status.equals("304");
    if (bodiless) {
      return status + " whole:" + body;
    }
    List<String> lengths = StrictOrigin.values(head, "content-length");
    if (!lengths.isEmpty()) {
      boolean whole = body.length() == Integer.parseInt(lengths.get(0));
      return whole ? status + " whole:" + body : "cut";
    }
    return isWhole(body)
        ? status + " whole:" + body.replaceAll("(?s)[0-9a-f]+\r\n(.*?)\r\n", "$1")
        : "cut";
  }

  private static boolean isWhole(String chunks) {
    return chunks.matches("(?s)(?:[0-9a-f]+\r\n.*?\r\n)*0\r\n\r\n");
  }
}
