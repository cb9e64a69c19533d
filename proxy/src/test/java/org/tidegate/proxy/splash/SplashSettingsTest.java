package org.tidegate.proxy.splash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplashSettingsTest {
  private static final URI BLOCKER = URI.create("https://provider.example/");

  @Test
  void onlyTwoStatuses() {
    assertThatThrownBy(() -> new SplashSettings(200, null, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("status 200 (expected: 403 or 451)");
  }

  @Test
  void legalReasonsNeedTheBlocker() {
    assertThatThrownBy(() -> new SplashSettings(451, null, Map.of()))
        .hasMessage("status 451 without a usable blocked-by (expected: an http or https URI)");
    assertThat(SplashSettings.legalReasons(BLOCKER, Map.of()).status()).isEqualTo(451);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"provider.example", "mailto:a@provider.example", "javascript:x", "https:opaque"})
  void blockerIsOnTheWeb(String uri) {
    URI blocker = URI.create(uri);
    assertThatThrownBy(() -> SplashSettings.legalReasons(blocker, Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void blockerWithoutLegalReasonsIsRefused() {
    assertThatThrownBy(() -> new SplashSettings(403, BLOCKER, Map.of()))
        .hasMessage("blocked-by with status 403 (expected: status 451)");
  }

  @Test
  void misspeltLanguageOrTextIsRefused() {
    assertThatThrownBy(() -> withTexts(Map.of("fr", Map.of())))
        .isInstanceOf(SplashTemplateException.class)
        .hasMessage("language 'fr' (expected: * or one of [de, en])");
    assertThatThrownBy(() -> withTexts(Map.of("de", Map.of("titel", "x"))))
        .isInstanceOf(SplashTemplateException.class)
        .hasMessage("text 'titel' (expected: list or a key of en.properties)");
  }

  private static SplashPage withTexts(Map<String, Map<String, String>> texts)
      throws SplashTemplateException {
    return SplashPage.builtIn(Map.of("own", SplashSettings.forbidden(texts)));
  }
}
