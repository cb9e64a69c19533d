package org.tidegate.proxy.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidegate.filter.url.CanonicalHost;

/** What is judged and what is sent are the same bytes. */
class TargetUriTest {
  @ParameterizedTest
  @CsvSource({
    "GET,     http://a.example/p?q,      http://a.example/p?q, /p?q",
    "GET,     http://a.example/p?q#f?/x, http://a.example/p?q, /p?q",
    "GET,     HTTP://u@A.example:80,     HTTP://u@A.example:80/, /",
    "GET,     http://a.example?q,        http://a.example/?q, /?q",
    "GET,     http://a.example#f,        http://a.example/, /",
    "GET,     'http://a.example/%2e\\x', 'http://a.example/%2e\\x', '/%2e\\x'",
    "OPTIONS, http://a.example,          http://a.example, *",
    "OPTIONS, http://a.example#f,        http://a.example/, /",
  })
  void absoluteForm(String method, String target, String judged, String sent) throws BadMessage {
    check(RequestGate.explicit(), method, target, judged, sent);
  }

  @ParameterizedTest
  @CsvSource({
    "443,  GET,     /p?q#f,        https://a.example/p?q, /p?q",
    "80,   GET,     //b.example/x, https://a.example//b.example/x, //b.example/x",
    "8443, GET,     /?,            https://a.example:8443/?, /?",
    "8443, OPTIONS, *,             https://a.example:8443, *",
    "443,  OPTIONS, *,             https://a.example, *",
  })
  void originForm(int port, String method, String target, String judged, String sent)
      throws BadMessage {
    CanonicalHost host = CanonicalHost.parse("a.example").orElseThrow();
    RequestGate gate = RequestGate.insideTls(new TargetUri.HostOnly(host, port));

    TargetUri.Whole whole =
        check(gate, method, target + " HTTP/1.1\r\nHost: a.example:" + port, judged, sent);

    assertThat(whole.port()).isEqualTo(port);
  }

  @Test
  void disclosesNothing() throws BadMessage {
    assertThat(read(RequestGate.explicit(), "GET", "http://a.example/p").toString())
        .isEqualTo("TargetUri.Whole");
  }

  private static TargetUri.Whole check(
      RequestGate gate, String method, String target, String judged, String sent)
      throws BadMessage {
    TargetUri.Whole whole = read(gate, method, target);
    assertThat(new String(whole.url(), ISO_8859_1)).isEqualTo(judged);
    assertThat(new String(whole.pathAndQuery(), ISO_8859_1)).isEqualTo(sent);
    assertThat(whole.host().text()).isEqualTo("a.example");
    return whole;
  }

  private static TargetUri.Whole read(RequestGate gate, String method, String target)
      throws BadMessage {
    String head = target.contains("\r") ? target : target + " HTTP/1.1\r\nHost: a.example";
    ByteBuf in = Unpooled.copiedBuffer(method + " " + head + "\r\n\r\n", ISO_8859_1);
    HeadReader reader = new HeadReader(MessageHead.Kind.REQUEST, 4096, 4096);
    GatedRequest request = gate.check(Objects.requireNonNull(reader.read(in)));
    return (TargetUri.Whole) request.target();
  }
}
