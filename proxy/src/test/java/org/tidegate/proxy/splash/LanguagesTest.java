package org.tidegate.proxy.splash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LanguagesTest {
  private final Languages languages = new Languages(List.of(Locale.GERMAN, Locale.ENGLISH));

  static List<String[]> vectors() {
    return Vectors.read("accept-language.tsv");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void isLookedUp(String acceptLanguage, String expected) {
    assertThat(languages.choose(Vectors.field(acceptLanguage)).toLanguageTag()).isEqualTo(expected);
  }

  @Test
  void longFieldIsIgnored() {
    assertThat(languages.choose("de" + " ".repeat(1023))).isEqualTo(Locale.ENGLISH);
    assertThat(languages.choose("de" + " ".repeat(1022))).isEqualTo(Locale.GERMAN);
  }

  @Test
  void rangesBeyondTheLimitAreIgnored() {
    assertThat(languages.choose("fr,".repeat(32) + "de")).isEqualTo(Locale.ENGLISH);
    assertThat(languages.choose("fr,".repeat(31) + "de")).isEqualTo(Locale.GERMAN);
  }

  @Test
  void regionIsKeptWhereItIsOffered() {
    Locale brazilian = Locale.forLanguageTag("pt-BR");
    Languages more = new Languages(List.of(Locale.ENGLISH, brazilian));

    assertThat(more.choose("pt-BR,pt;q=0.9")).isEqualTo(brazilian);
  }
}
