package org.tidegate.filter.list;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RpzReaderTest {

  @Test
  void readsAZoneWithEverythingInIt() {
    String zone =
        """
        $TTL 300
        $ORIGIN rpz.example.
        @ IN SOA ns.rpz.example. host.rpz.example. (
            2026110101 ; serial
            3600 600 ) 86400 300
          IN NS ns.rpz.example.
        both.example      CNAME .
        *.both.example    CNAME .
        *.late.example    CNAME .
        late.example      IN 60 CNAME *.
        data.example      A 192.0.2.1
                          AAAA 2001:db8::1
        abs.example.rpz.example. 300 IN CNAME rpz-drop.
        below.example     CNAME .
        *.below.example   CNAME rpz-passthru.
        pass.example      CNAME rpz-passthru.
        *.only.example    CNAME .
        elsewhere.example. CNAME .
        8.0.0.0.10.rpz-ip CNAME .
        text.example      TXT "a ; b ( c" ; comment
        """;

    assertThat(read(zone))
        .containsExactlyInAnyOrder(
            "5: skipped",
            "6: skipped",
            "15: skipped",
            "16: skipped",
            "18: refused OUTSIDE_ZONE",
            "19: skipped",
            "7: DOMAIN both.example",
            "10: DOMAIN late.example",
            "11: HOST data.example",
            "13: HOST abs.example",
            "14: HOST below.example",
            "17: refused WILDCARD",
            "20: HOST text.example");
  }

  @Test
  void theSoaRecordNamesTheZoneInADump() {
    String zone =
        """
        $ORIGIN .
        rpz.example 300 IN SOA ns. host. 1 2 3 4 5
        $ORIGIN rpz.example.
        a.example CNAME .
        $ORIGIN example.rpz.example.
        b CNAME .
        *.b CNAME .
        """;

    assertThat(read(zone))
        .containsExactly("2: skipped", "4: HOST a.example", "6: DOMAIN b.example");
  }

  @Test
  void aZoneWithoutOriginIsNamedByItsSoaRecord() {
    String zone =
        """
        rpz.example. SOA ns. host. 1 2 3 4 5
        a.example.rpz.example. CNAME .
        b.example CNAME .
        rpz.example. A 192.0.2.1
        """;

    assertThat(read(zone))
        .containsExactly("1: skipped", "4: skipped", "2: HOST a.example", "3: HOST b.example");
  }

  @Test
  void anOwnerLeftOutIsNotThatOfALineBefore() {
    assertThat(read("a.example CNAME .\nb.example NONSENSE\n  A 192.0.2.1"))
        .containsExactly("2: refused MALFORMED", "1: HOST a.example", "3: HOST b.example");
    assertThat(read("a.example CNAME .\nb.example. CNAME .\n  A 192.0.2.1"))
        .containsExactly("2: refused OUTSIDE_ZONE", "3: refused OUTSIDE_ZONE", "1: HOST a.example");
  }

  @Test
  void anOpenParenthesisEndsAfterSoManyLines() {
    String zone = "a.example CNAME ( .\n" + ";\n".repeat(300) + "b.example CNAME .\n";

    assertThat(read(zone)).containsExactly("256: refused MALFORMED", "302: HOST b.example");
  }

  @Test
  void quotesAndEscapesArePartOfTheSpellingOnly() {
    String zone =
        """
        $ORIGIN "rpz.example."
        "a.example" CNAME .
        \\*.a.example CNAME .
        "b.example.rpz.example." CNAME "rpz-passthru."
        c\\.example CNAME .
        "d,example" CNAME .
        """;

    assertThat(read(zone))
        .containsExactlyInAnyOrder(
            "2: DOMAIN a.example",
            "4: skipped",
            "5: refused INVALID_HOST",
            "6: refused INVALID_HOST");
  }

  private static List<String> read(String zone) {
    return ReadLines.of("rpz", zone.getBytes(UTF_8)).found;
  }
}
