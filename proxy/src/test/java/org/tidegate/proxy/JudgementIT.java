package org.tidegate.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.tidegate.filter.UrlFilter;

/**
 * Every spelling of something listed is answered by the splash page and leaves the origin without a
 * byte; everything beside it reaches the origin byte for byte.
 */
@SuppressWarnings("NullAway.Init")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
@ParameterizedClass
@EnumSource(Door.class)
class JudgementIT {
  static final String[] LIST = {
    "domain.example",
    "=host.example",
    "prefix.example/listed/",
    "page.example/listed.html",
    "exact.example/listed?q=1&r=2",
    "deep.example/a/b/c.html",
    "front.example/",
    "port.example:8080/listed/",
    "203.0.113.7",
    "[2001:db8::bad]",
    "192.0.2.9/listed/",
    "b\u00fccher.example",
    "utf8.example/\u00fc.html",
    "space.example/a%20b/",
    "case.example/Listed.HTML"
  };

  @Parameter private Door door;
  private StrictOrigin origin;
  private StrictOrigin parent;
  private OpenDoor direct;
  private OpenDoor chained;
  private List<JudgementRow> rows;

  @BeforeParameterizedClassInvocation
  void start() throws IOException {
    origin = new StrictOrigin();
    parent = new StrictOrigin();
    UrlFilter filter = ListedFilter.of(LIST);
    direct = door.open(DoorSetup.of(origin.origin.address(), filter));
    chained = door.open(DoorSetup.of(parent.origin.address(), filter).originIsParent());
    rows =
        JudgementRow.all().stream()
            .filter(r -> !door.lacks(Lack.NAMES_WITHOUT_CERTIFICATES) || r.isForTls())
            .toList();
  }

  @AfterParameterizedClassInvocation
  void stop() throws IOException {
    direct.close();
    chained.close();
    origin.close();
    parent.close();
  }

  private List<JudgementRow> rows(String expected) {
    return rows.stream().filter(r -> r.expected().equals(expected)).toList();
  }

  private void allAnswered(String expected, int status, String method, String version, String more)
      throws IOException {
    origin.reset();
    List<String> wrong = new ArrayList<>();
    for (JudgementRow row : played(expected, method)) {
      String answer = direct.exchange(row.head(method, version, more));
      if (!answer.startsWith("HTTP/1.1 " + status + " ")) {
        wrong.add(row.shows() + " -> " + answer.lines().findFirst().orElse("nothing"));
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(origin.origin.heads).isEmpty();
    assertThat(origin.origin.connections).hasValue(0);
  }

  /** Where each row is a handshake, some rows tell other methods apart. */
  private List<JudgementRow> played(String expected, String method) {
    List<JudgementRow> all = rows(expected);
    boolean some = door.lacks(Lack.SEVERAL_HOSTS) && !method.equals("GET");
    return IntStream.range(0, all.size())
        .filter(i -> !some || i % 5 == 0)
        .mapToObj(all::get)
        .toList();
  }

  @Test
  void theTableIsLargeEnough() {
    assertThat(rows("blocked")).hasSizeGreaterThanOrEqualTo(200);
    assertThat(rows("passes")).hasSizeGreaterThanOrEqualTo(150);
  }

  @Test
  void everySpellingIsBlocked() throws IOException {
    allAnswered("blocked", 403, "GET", "HTTP/1.1", "Connection: close\r\n");
  }

  @Test
  void everySpellingIsBlockedInHttp10() throws IOException {
    allAnswered("blocked", 403, "GET", "HTTP/1.0", "");
  }

  @Test
  void everySpellingIsBlockedForOtherMethods() throws IOException {
    allAnswered("blocked", 403, "HEAD", "HTTP/1.1", "Connection: close\r\n");
    allAnswered("blocked", 403, "OPTIONS", "HTTP/1.1", "Connection: close\r\n");
    allAnswered("blocked", 403, "post", "HTTP/1.1", "Content-Length: 0\r\nConnection: close\r\n");
    allAnswered(
        "blocked", 403, "POST", "HTTP/1.1", "Content-Length: 9\r\nExpect: 100-continue\r\n");
    allAnswered("blocked", 403, "PUT", "HTTP/1.1", "Transfer-Encoding: chunked\r\n");
    allAnswered(
        "blocked", 403, "GET", "HTTP/1.1", "Upgrade: websocket\r\nConnection: upgrade, close\r\n");
  }

  @Test
  void whatHasNoSingleReadingIsRefused() throws IOException {
    door.needs(Lack.FORMS_OF_A_PROXY);
    allAnswered("refused", 400, "GET", "HTTP/1.1", "");
    allAnswered("refused", 400, "GET", "HTTP/1.0", "");
  }

  @Test
  void everySpellingIsBlockedBehindAnInnocentRequest() throws IOException {
    door.needs(Lack.SEVERAL_HOSTS);
    origin.reset();
    List<String> wrong = new ArrayList<>();
    String innocent = "GET http://other.example/innocent HTTP/1.1\r\nHost: other.example\r\n\r\n";
    for (JudgementRow row : rows("blocked")) {
      try (RawClient client = direct.client()) {
        client.send(innocent + row.head("GET", "HTTP/1.1", "") + innocent);
        String first = client.readResponse();
        String second = client.readResponse();
        String third = client.readResponse();
        if (!first.endsWith("/innocent")
            || !second.startsWith("HTTP/1.1 403 ")
            || !third.endsWith("/innocent")) {
          wrong.add(row.shows());
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(origin.received).extracting(StrictOrigin.Received::path).containsOnly("/innocent");
    assertThat(origin.offences).isEmpty();
  }

  @Test
  void everythingBesideReachesTheOriginByteForByte() throws IOException {
    origin.reset();
    List<String> wrong = new ArrayList<>();
    for (JudgementRow row : rows("passes")) {
      if (!row.isAddress()) { // addresses are connected to as they are: only through the parent
        origin.received.clear();
        String answer = direct.exchange(row.head("GET", "HTTP/1.1", "Connection: close\r\n"));
        boolean same =
            origin.received.stream()
                .map(StrictOrigin.Received::path)
                .toList()
                .equals(List.of(row.path()));
        if (!same || !answer.endsWith("\r\n\r\n" + row.path())) {
          wrong.add(row.shows() + " -> " + answer.lines().findFirst().orElse("nothing"));
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(origin.offences).isEmpty();
  }

  @Test
  void aParentIsAskedForWhatPassesAndNothingElse() throws IOException {
    door.needs(Lack.CLEAR_PARENT);
    parent.reset();
    List<String> wrong = new ArrayList<>();
    for (JudgementRow row : rows) {
      if (row.expected().equals("refused") && door.lacks(Lack.FORMS_OF_A_PROXY)) {
        continue;
      }
      parent.received.clear();
      String answer = chained.exchange(row.head("GET", "HTTP/1.1", "Connection: close\r\n"));
      List<String> seen = parent.received.stream().map(StrictOrigin.Received::path).toList();
      boolean right =
          row.expected().equals("passes")
              ? seen.size() == 1 && seen.get(0).endsWith(row.path()) && answer.contains(" 200 ")
              : seen.isEmpty() && answer.startsWith("HTTP/1.1 4");
      if (!right) {
        wrong.add(row.shows() + " -> " + answer.lines().findFirst().orElse("nothing"));
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(parent.offences).isEmpty();
  }

  @Test
  void clearHttpInsideATunnelIsJudgedToo() throws IOException {
    door.needs(Lack.FORMS_OF_A_PROXY);
    origin.reset();
    List<String> wrong = new ArrayList<>();
    for (JudgementRow row : rows) {
      String authority = row.host().matches("(?s).*:\\d+") ? row.host() : row.host() + ":80";
      boolean usable = !row.host().endsWith(":") && !row.isAddress();
      if (!usable || row.expected().equals("refused") || !row.target().startsWith("http:")) {
        continue;
      }
      String answer = insideTunnel(authority, row);
      boolean blocked = answer.startsWith("HTTP/1.1 403 ");
      if (blocked != row.expected().equals("blocked")) {
        wrong.add(row.shows() + " -> " + answer.lines().findFirst().orElse("nothing"));
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(origin.offences).isEmpty();
    assertThat(origin.received)
        .extracting(StrictOrigin.Received::path)
        .containsAll(
            rows("passes").stream()
                .filter(r -> !r.isAddress() && !r.host().endsWith(":"))
                .map(JudgementRow::path)
                .toList());
  }

  private String insideTunnel(String authority, JudgementRow row) throws IOException {
    try (RawClient client = direct.client()) {
      client.send("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n");
      String granted = client.readTo("\r\n\r\n");
      if (!granted.startsWith("HTTP/1.1 200 ")) {
        return granted;
      }
      client.send(
          "GET "
              + row.path()
              + " HTTP/1.1\r\nHost: "
              + authority
              + "\r\nConnection: close\r\n\r\n");
      return client.readAll();
    }
  }

  @Test
  void theSplashPageIsWholeAndNamesNothing() throws IOException {
    JudgementRow row = rows("blocked").get(0);
    String answer =
        direct.exchange(row.head("GET", "HTTP/1.1", "Accept: text/html\r\nConnection: close\r\n"));
    int body = answer.indexOf("\r\n\r\n") + 4;
    String length = StrictOrigin.values(answer.substring(0, body), "content-length").get(0);
    assertThat(answer.substring(body).getBytes(ISO_8859_1)).hasSize(Integer.parseInt(length));
    assertThat(answer)
        .contains("</html>")
        .containsIgnoringCase("cache-control: no-store")
        .doesNotContain("domain.example")
        .doesNotContain("/any/page");
  }
}
