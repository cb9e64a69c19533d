package org.tidegate.proxy.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidegate.filter.ClientNetwork;
import org.tidegate.proxy.http.ForwardedRules.Field;
import org.tidegate.proxy.http.ForwardedRules.Send;

class ForwardedRulesTest {
  private static final List<ClientNetwork> TRUSTED =
      List.of(ClientNetwork.of(new byte[] {(byte) 198, 51, 100, 0}, 24));

  private static InetAddress address(String text) {
    return NetUtil.createInetAddressFromIpAddressString(text);
  }

  private static MessageHead head(String fields) throws BadMessage {
    String head = "GET http://a.example/ HTTP/1.1\r\nHost: a.example\r\n" + fields + "\r\n";
    return MessageHead.parse(head.getBytes(ISO_8859_1), MessageHead.Kind.REQUEST);
  }

  private static String fields(@Nullable String text) {
    return text == null ? "" : text.replace("|", "\r\n").replace('\'', '"') + "\r\n";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "X_FORWARDED_FOR; 192.0.2.1; X-Forwarded-For: 203.0.113.9; 192.0.2.1",
        "X_FORWARDED_FOR; 198.51.100.1; ; 198.51.100.1",
        "X_FORWARDED_FOR; 198.51.100.1; X-Forwarded-For: 203.0.113.9; 203.0.113.9",
        "X_FORWARDED_FOR; 198.51.100.1; X-Forwarded-For: 10.0.0.1, 203.0.113.9; 203.0.113.9",
        "X_FORWARDED_FOR; 198.51.100.1; x-forwarded-for: 203.0.113.9, 198.51.100.7; 203.0.113.9",
        "X_FORWARDED_FOR; 198.51.100.1; X-Forwarded-For: 10.0.0.1|X-Forwarded-For: 10.0.0.2;"
            + " 10.0.0.2",
        "X_FORWARDED_FOR; 198.51.100.1; X-Forwarded-For: 203.0.113.9:4711; 203.0.113.9",
        "X_FORWARDED_FOR; 198.51.100.1; X-Forwarded-For: 2001:db8::9; 2001:db8::9",
        "X_FORWARDED_FOR; 198.51.100.1; X-Forwarded-For: [2001:db8::9]:80; 2001:db8::9",
        "X_FORWARDED_FOR; 198.51.100.1; X-Forwarded-For: unknown; 198.51.100.1",
        "X_FORWARDED_FOR; 198.51.100.1; X-Forwarded-For: 203.0.113.9, _hidden, 198.51.100.7;"
            + " 198.51.100.7",
        "X_FORWARDED_FOR; 198.51.100.1; X-Forwarded-For: 198.51.100.3, 198.51.100.2; 198.51.100.3",
        "X_FORWARDED_FOR; 198.51.100.1; Forwarded: for=203.0.113.9; 198.51.100.1",
        "FORWARDED; 198.51.100.1; X-Forwarded-For: 203.0.113.9; 198.51.100.1",
        "FORWARDED; 198.51.100.1; Forwarded: proto=http, FOR=203.0.113.9; 203.0.113.9",
        "FORWARDED; 198.51.100.1; Forwarded: for='[2001:db8::9]:80', for=198.51.100.2; 2001:db8::9",
        "FORWARDED; 198.51.100.1; Forwarded: for='a, for=203.0.113.9'; 198.51.100.1",
      })
  void theClientIsTheNearestThatNobodyVouchesFor(
      Field field, String peer, @Nullable String given, String client) throws BadMessage {
    ForwardedRules rules = new ForwardedRules(field, TRUSTED, Send.KEEP);
    assertThat(rules.client(head(fields(given)), address(peer))).isEqualTo(address(client));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "KEEP; X_FORWARDED_FOR; X-Forwarded-For: a|Forwarded: b; X-Forwarded-For: a|Forwarded: b",
        "REMOVE; X_FORWARDED_FOR; X-Forwarded-For: a|Forwarded: b; ",
        "REPLACE; X_FORWARDED_FOR; X-Forwarded-For: a|Forwarded: b; X-Forwarded-For: 203.0.113.9",
        "REPLACE; FORWARDED; ; Forwarded: for=203.0.113.9",
        "ADD; X_FORWARDED_FOR; ; X-Forwarded-For: 2001:db8::7",
        "ADD; X_FORWARDED_FOR; X-Forwarded-For: a|x-forwarded-for: b; X-Forwarded-For: a, b,"
            + " 2001:db8::7",
        "ADD; FORWARDED; X-Forwarded-For: a; X-Forwarded-For: a|Forwarded: for='[2001:db8::7]'",
      })
  void itGoesOnAsConfigured(
      Send send, Field field, @Nullable String given, @Nullable String expected) throws BadMessage {
    ForwardedRules rules = new ForwardedRules(field, List.of(), send);
    GatedRequest request = RequestGate.explicit().check(head(fields(given)));
    ByteBuf out = Unpooled.buffer();
    Whose whose = new Whose(rules, address("203.0.113.9"), address("2001:db8::7"));
    HeadWriter.writeRequest(request, false, "", whose, out);
    assertThat(out.toString(ISO_8859_1))
        .isEqualTo("GET / HTTP/1.1\r\nHost: a.example\r\n" + fields(expected) + "\r\n");
  }
}
