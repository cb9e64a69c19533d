package org.tidegate.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Nobody learns from an answer that a host is listed: what is not blocked on it is answered to the
 * byte as on any other host, and goes out alike.
 */
@SuppressWarnings("NullAway.Init")
@Timeout(60)
@ParameterizedClass
@EnumSource(Door.class)
class OracleIT {
  private static final String ON_A_LISTED_HOST = "page.example";
  private static final String ELSEWHERE = "gape.example"; // of the same length
  private static final Pattern SPLASH =
      Pattern.compile("(?s).*[^A-Z2-9][2-9BCDFGHJKMNPQRTVWXYZ]{10}[^A-Z2-9].*");
  private static final List<String> REQUESTS =
      List.of(
          "GET http://HOST/ HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n",
          "HEAD http://HOST/listed.htm HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n",
          "GET http://HOST/listed.html/ HTTP/1.0\r\nHost: HOST\r\n\r\n",
          "POST http://HOST/ HTTP/1.1\r\n"
              + "Host: HOST\r\n"
              + "Content-Length: 0\r\n"
              + "Connection: close\r\n\r\n",
          "GET http://HOST/ HTTP/1.1\r\nHost: other.example\r\nConnection: close\r\n\r\n",
          "GET http://HOST/ HTTP/1.1\r\nHost: HOST\r\nX: a\r\n b\r\nConnection: close\r\n\r\n",
          "GET http://HOST:1/ HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n",
          "GET http://HOST/%00/%zz HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n");
  private static final String TUNNEL = "CONNECT HOST:443 HTTP/1.1\r\nHost: HOST:443\r\n\r\n\u0000";

  private final Door door;
  private ScriptedOrigin origin;
  private OpenDoor open;

  OracleIT(Door door) {
    this.door = door;
  }

  @BeforeEach
  void start() throws IOException {
    origin = ScriptedOrigin.answering(ScriptedOrigin.ok("hello"));
    open = door.open(DoorSetup.of(origin.address(), ListedFilter.of("page.example/listed.html")));
  }

  @AfterEach
  void stop() throws IOException {
    open.close();
    origin.close();
  }

  @Test
  void answersAreTheSameToTheByte() throws IOException {
    for (String request : REQUESTS) {
      assertThat(open.exchange(request.replace("HOST", ON_A_LISTED_HOST)))
          .as(request)
          .isNotEmpty()
          .isEqualTo(open.exchange(request.replace("HOST", ELSEWHERE)));
    }
  }

  @Test
  void tunnelsAreGrantedAlike() throws IOException {
    door.needs(Lack.FORMS_OF_A_PROXY);
    assertThat(open.exchange(TUNNEL.replace("HOST", ON_A_LISTED_HOST)))
        .startsWith("HTTP/1.1 200 ")
        .isEqualTo(open.exchange(TUNNEL.replace("HOST", ELSEWHERE)));
  }

  @Test
  void requestsGoOutAlike() throws IOException {
    for (String request : REQUESTS.subList(0, 4)) {
      open.exchange(request.replace("HOST", ON_A_LISTED_HOST));
      open.exchange(request.replace("HOST", ELSEWHERE));
    }
    assertThat(origin.heads).hasSize(8);
    for (int i = 0; i < 8; i += 2) {
      assertThat(origin.heads.get(i).replace(ON_A_LISTED_HOST, ELSEWHERE))
          .isEqualTo(origin.heads.get(i + 1));
    }
  }

  /** Where the origin is gone, too: nothing of the answer depends on the list. */
  @Test
  void failuresAreTheSameToTheByte() throws IOException {
    origin.close();
    String request = REQUESTS.get(0);
    assertThat(open.exchange(request.replace("HOST", ON_A_LISTED_HOST)))
        .startsWith("HTTP/1.1 502 ")
        .isEqualTo(open.exchange(request.replace("HOST", ELSEWHERE)));
  }

  /** Who looks for what is listed is refused as before, and learns no more than "not allowed". */
  @Test
  void whoFindsTooMuchGetsPlainAnswers() throws IOException {
    String[] listed = new String[DoorSetup.DISTINCT_HITS + 3];
    for (int i = 0; i < listed.length; i++) {
      listed[i] = ON_A_LISTED_HOST + "/listed" + i;
    }
    open.close();
    open = door.open(DoorSetup.of(origin.address(), ListedFilter.of(listed)));
    for (int i = 0; i < DoorSetup.DISTINCT_HITS; i++) {
      assertThat(open.exchange(get("/listed" + i))).startsWith("HTTP/1.1 403 ").matches(SPLASH);
    }
    for (int i = DoorSetup.DISTINCT_HITS; i < listed.length; i++) {
      assertThat(open.exchange(get("/listed" + i)))
          .startsWith("HTTP/1.1 403 ")
          .doesNotMatch(SPLASH)
          .doesNotContain("test");
    }
    assertThat(open.exchange(get("/listed0"))).as("known already").matches(SPLASH);
    assertThat(open.exchange(get("/harmless"))).endsWith("hello");
    assertThat(origin.heads).hasSize(1);
  }

  private static String get(String path) {
    return REQUESTS.get(0).replace("HOST/", "HOST" + path).replace("HOST", ON_A_LISTED_HOST);
  }

  /** Two blocks differ by nothing but the reference, which is chance. */
  @Test
  void blocksDifferByTheirReferenceAlone() throws IOException {
    String blocked =
        "GET http://page.example/listed.html HTTP/1.1\r\nHost: page.example\r\n"
            + "Connection: close\r\n\r\n";
    String reference = "[2-9BCDFGHJKMNPQRTVWXYZ]{10}";
    assertThat(open.exchange(blocked).replaceAll(reference, "REFERENCE"))
        .startsWith("HTTP/1.1 403 ")
        .contains("REFERENCE")
        .isEqualTo(open.exchange(blocked).replaceAll(reference, "REFERENCE"));
  }
}
