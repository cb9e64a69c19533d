package org.tidegate.proxy.splash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tidegate.proxy.splash.SplashAnswer.Field;

class PlainAnswerTest {

  @ParameterizedTest
  @EnumSource(PlainAnswer.class)
  void isShortCompleteAndNeverStored(PlainAnswer plain) {
    for (String language : new String[] {"en", "de", null, "\0;q="}) {
      SplashAnswer answer = plain.answer(language);
      String body = new String(answer.body(), StandardCharsets.UTF_8);

      assertThat(answer.status()).isEqualTo(plain.status());
      assertThat(body).hasSizeLessThan(2048).contains("<h1>", "</html>");
      assertThat(body).doesNotContainPattern("<(h1|p|title)></").doesNotContain("{{");
      assertThat(answer.fields())
          .contains(
              new Field("Content-Type", "text/html; charset=utf-8"),
              new Field("Cache-Control", "no-store"),
              new Field("X-Content-Type-Options", "nosniff"),
              new Field("Vary", "Accept-Language"))
          .anySatisfy(
              f -> assertThat(f.value()).startsWith("default-src 'none'; style-src 'sha256-"));
    }
  }

  @Test
  void speaksGerman() {
    SplashAnswer answer = PlainAnswer.BAD_GATEWAY.answer("de-AT");

    assertThat(answer.fields()).contains(new Field("Content-Language", "de"));
    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
        .contains("Die Website ist nicht erreichbar");
  }
}
