package org.tidegate.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.tidegate.filter.UrlFilter;
import org.tidegate.proxy.exchange.Limits;
import org.tidegate.proxy.http.RawText;

/**
 * Requests that two parsers could read differently: refused before the origin sees any of them, or
 * rebuilt so that one reading is left. Nothing listed gets through behind, inside or beside them.
 */
@SuppressWarnings("NullAway.Init")
@Timeout(120)
@ParameterizedClass
@EnumSource(Door.class)
class HostileRequestIT {
  private static final String AFTER =
      "GET http://after.example/after HTTP/1.1\r\nHost: after.example\r\n\r\n";
  private static final String BYE =
      "GET http://a.example/bye HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n";
  private static final Pattern REPEATED = Pattern.compile("\\{(.)\\*(\\d+)}");

  private final Door door;
  private StrictOrigin origin;
  private OpenDoor open;

  private record Row(
      List<String> answers, List<String> seen, String raw, String shows, boolean ofAProxy) {
    static Row of(String[] columns) {
      return new Row(
          columns[0].equals("-") ? List.of() : List.of(columns[0].split(",")),
          columns[1].isEmpty() ? List.of() : List.of(columns[1].split(";")),
          RawText.unescape(repeated(columns[2])),
          columns[3],
          columns.length > 4);
    }

    private static String repeated(String escaped) {
      Matcher matcher = REPEATED.matcher(escaped);
      return matcher.replaceAll(
          m -> Matcher.quoteReplacement(m.group(1).repeat(Integer.parseInt(m.group(2)))));
    }

    /** Then nobody knows where the answer ends but by the end of the connection. */
    boolean isHead() {
      return raw.startsWith("HEAD ");
    }

    boolean isRefused() {
      return !answers.isEmpty() && answers.get(answers.size() - 1).matches("400|414|431");
    }
  }

  HostileRequestIT(Door door) {
    this.door = door;
  }

  @BeforeEach
  void start() throws IOException {
    start(Limits.DEFAULT);
  }

  private void start(Limits limits) throws IOException {
    origin = new StrictOrigin();
    UrlFilter filter = ListedFilter.of("listed.example/secret", "a.example/secret");
    open = door.open(DoorSetup.of(origin.origin.address(), filter).limits(limits));
  }

  @AfterEach
  void stop() throws IOException {
    open.close();
    origin.close();
  }

  @Test
  void everyRowHasOneReadingOrNone() throws IOException {
    List<Row> rows = rows();
    assertThat(rows).hasSizeGreaterThanOrEqualTo(190);
    List<String> wrong = new ArrayList<>();
    for (Row row : rows) {
      origin.reset();
      List<String> answers = answers(row);
      List<String> seen =
          origin.received.stream()
              .map(r -> r.method() + " " + r.path())
              .filter(request -> !request.equals("GET /bye"))
              .toList();
      boolean untouched = !row.isRefused() || row.answers().size() > 1 || noHead(row);
      if (!isAnswered(row, answers)
          || !seen.equals(row.seen())
          || !origin.offences.isEmpty()
          || !untouched) {
        wrong.add(row.shows() + " -> " + answers + " " + seen + " " + origin.offences);
      }
      assertThat(served()).isTrue();
    }
    assertThat(wrong).isEmpty();
  }

  private List<Row> rows() throws IOException {
    return RawText.rows("/vectors/hostile-requests.tsv").stream()
        .map(Row::of)
        .filter(row -> !row.ofAProxy() || !door.lacks(Lack.FORMS_OF_A_PROXY))
        .filter(row -> !row.isHead() || !door.lacks(Lack.HALF_CLOSED_CLIENT))
        .toList();
  }

  private boolean isAnswered(Row row, List<String> answers) {
    return answers.equals(row.answers())
        || (answers.isEmpty() && row.isRefused() && door.lacks(Lack.ANSWER_TO_THE_UNKNOWN));
  }

  /** A refused request leaves the origin untouched, but for a body that turned out bad. */
  private boolean noHead(Row row) {
    return row.shows().startsWith("chunks") || origin.origin.heads.isEmpty();
  }

  private boolean served() throws IOException {
    return open.exchange(AFTER.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"))
        .endsWith("/after");
  }

  /** The status of each answer until the gateway closes. */
  private List<String> answers(Row row) throws IOException {
    String raw = row.isRefused() ? row.raw() + AFTER : row.raw();
    if (!door.lacks(Lack.HALF_CLOSED_CLIENT)) {
      return answers(raw);
    }
    try (RawClient client = open.client()) {
      client.send(raw);
      if (row.answers().isEmpty()) { // cut short: the client goes
        return List.of();
      }
      client.send(row.isRefused() ? "" : BYE);
      List<String> answers = statuses(readUntilClosed(client));
      boolean bye = origin.received.stream().anyMatch(r -> r.path().equals("/bye"));
      return bye ? answers.subList(0, answers.size() - 1) : answers;
    }
  }

  private List<String> answers(String raw) throws IOException {
    try (RawClient client = open.client()) {
      client.send(raw);
      client.endOutput();
      return statuses(readUntilClosed(client));
    }
  }

  private static String readUntilClosed(RawClient client) {
    ByteArrayOutputStream got = new ByteArrayOutputStream();
    try {
      InputStream in = client.socket().getInputStream();
      for (int b; (b = in.read()) >= 0; ) {
        got.write(b);
      }
    } catch (IOException e) {
      // a reset ends it as well
    }
    return got.toString(StandardCharsets.ISO_8859_1);
  }

  private static List<String> statuses(String answers) {
    List<String> statuses = new ArrayList<>();
    for (int at = 0; at < answers.length(); ) {
      int end = answers.indexOf("\r\n\r\n", at) + 4;
      String head = answers.substring(at, end);
      statuses.add(head.substring(9, 12));
      int length = Integer.parseInt(StrictOrigin.values(head, "content-length").get(0));
      at = end + length;
    }
    return statuses;
  }

  @Test
  void everyRowIsTheSameByteByByte() throws IOException {
    for (Row row : rows()) {
      if (row.raw().length() > 400 || !row.isRefused()) {
        continue;
      }
      origin.reset();
      try (RawClient client = open.client()) {
        client.socket().setTcpNoDelay(true);
        for (char c : open.spelled(row.raw()).toCharArray()) {
          client.send(String.valueOf(c));
        }
        if (!door.lacks(Lack.HALF_CLOSED_CLIENT)) {
          client.endOutput();
        }
        assertThat(isAnswered(row, statuses(readUntilClosed(client)))).as(row.shows()).isTrue();
      } catch (java.net.SocketException e) {
        // refused and closed before the last byte went out
      }
      assertThat(origin.received).as(row.shows()).hasSize(row.seen().size());
    }
  }

  @Test
  void refusalClosesWithoutWaitingForTheClient() throws IOException {
    try (RawClient client = open.client()) {
      client.send("GET ?p HTTP/1.1\r\nHost: a.example\r\n\r\n");
      assertThat(client.readAll()).startsWith("HTTP/1.1 400 ").contains("Connection: close");
    }
  }

  @Test
  void aRequestLineAndSilenceIsEndedInTime() throws IOException {
    restart(limits(time()));
    try (RawClient client = open.client()) {
      client.send("GET http://a.example/p HTTP/1.1\r\nHost: a.example\r\n");
      assertThat(client.readAll()).startsWith("HTTP/1.1 408 ");
    }
    assertThat(origin.origin.connections).hasValue(0);
  }

  @Test
  void silenceIsEndedInTime() throws IOException {
    restart(limits(time()));
    try (RawClient client = open.client()) {
      assertThat(client.readAll()).isEmpty();
    }
  }

  @Test
  void aBodyThatStopsIsEndedInTime() throws IOException {
    restart(limits(time()));
    try (RawClient client = open.client()) {
      client.send(
          "POST http://a.example/p HTTP/1.1\r\nHost: a.example\r\nContent-Length: 9\r\n\r\nx");
      assertThat(client.readAll()).startsWith("HTTP/1.1 408 ");
    }
    assertThat(origin.received).isEmpty();
  }

  @Test
  void aTunnelThatStaysSilentIsEndedInTime() throws IOException {
    door.needs(Lack.FORMS_OF_A_PROXY);
    restart(limits(time()));
    try (RawClient client = open.client()) {
      client.send("CONNECT a.example:443 HTTP/1.1\r\nHost: a.example:443\r\n\r\n");
      client.readTo("\r\n\r\n");
      client.send(new byte[] {22, 3, 1});
      assertThat(client.readAll()).isEmpty();
    }
  }

  /** Long enough for a handshake, where there is one. */
  private Duration time() {
    return Duration.ofMillis(door == Door.INSPECTED ? 2_000 : 300);
  }

  private void restart(Limits limits) throws IOException {
    stop();
    start(limits);
  }

  static Limits limits(Duration each) {
    Duration five = Duration.ofSeconds(5);
    Duration day = Duration.ofDays(1);
    return new Limits(32_768, 65_536, each, each, five, each, each, 0, day, each, each, each);
  }

  @Test
  void requestsAheadOfAnEndedInputAreAllAnswered() throws IOException {
    door.needs(Lack.HALF_CLOSED_CLIENT);
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      requests.append("GET http://a.example/" + i + " HTTP/1.1\r\nHost: a.example\r\n\r\n");
    }
    requests.append(
        "POST http://a.example/last HTTP/1.1\r\nHost: a.example\r\nContent-Length: 100000\r\n\r\n");
    requests.append("x".repeat(100_000));
    List<String> answers = answers(requests.toString());
    assertThat(answers).hasSize(31).containsOnly("200");
    assertThat(origin.received).hasSize(31);
  }

  @Test
  void oddStatusesPass() throws IOException {
    try (ScriptedOrigin odd =
            ScriptedOrigin.answering("HTTP/1.1 999 Request denied\r\nContent-Length: 2\r\n\r\nno");
        OpenDoor other =
            door.open(DoorSetup.of(odd.address(), ListedFilter.of("listed.example")))) {
      assertThat(other.exchange("GET http://a.example/ HTTP/1.0\r\nHost: a.example\r\n\r\n"))
          .startsWith("HTTP/1.1 999 Request denied\r\n")
          .endsWith("\r\n\r\nno");
    }
  }

  /** A connection on which NTLM or Negotiate began is somebody: it is nobody else's. */
  @Test
  void anAuthenticatedConnectionServesItsClientOnly() throws IOException {
    String head = " HTTP/1.1\r\nHost: a.example\r\n";
    String[] credentials = {
      "Authorization: NTLM TlRMTVNTUAAD\r\n", "Authorization: negotiate YII\r\n"
    };
    for (String credential : credentials) {
      origin.reset();
      try (RawClient one = open.client()) {
        one.send("GET http://a.example/1" + head + credential + "\r\n");
        assertThat(one.readResponse()).endsWith("/1");
        for (int i = 0; i < 8; i++) { // as many as there are event loops, and more
          assertThat(open.exchange("GET http://a.example/o" + head + "Connection: close\r\n\r\n"))
              .endsWith("/o");
        }
        int before = origin.origin.connections.get();
        one.send("POST http://a.example/2" + head + "Content-Length: 0\r\n\r\n");
        assertThat(one.readResponse()).endsWith("/2");
        one.send("GET http://a.example/3" + head + "\r\n");
        assertThat(one.readResponse()).endsWith("/3");
        assertThat(origin.origin.connections).as("its own connection again").hasValue(before);
      }
    }
  }

  /** What the gate's own vectors refuse is refused at every door, and nobody is connected to. */
  @Test
  void whatTheGateRefusesIsRefusedHere() throws IOException {
    List<String> wrong = new ArrayList<>();
    boolean asProxy = !door.lacks(Lack.FORMS_OF_A_PROXY);
    for (String[] vector : RawText.rows("/vectors/request-gate.tsv")) {
      boolean ofAProxy = vector[0].matches("BAD_TARGET|HOST_UNLIKE_TARGET");
      if (vector[0].equals("PASS") || (ofAProxy && !asProxy)) {
        continue;
      }
      String answer;
      try (RawClient client = open.client()) {
        client.send(RawText.unescape(vector[1]) + AFTER);
        answer = client.readAll();
      }
      boolean closed =
          answer.matches("(?s)(\\x15.*)?") // or an alert, where it begins like TLS
              && door.lacks(Lack.ANSWER_TO_THE_UNKNOWN);
      if (!closed && !answer.startsWith("HTTP/1.1 400 ")) {
        wrong.add(vector[2] + " -> " + answer.lines().findFirst().orElse("nothing"));
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(origin.origin.connections).hasValue(0);
  }
}
