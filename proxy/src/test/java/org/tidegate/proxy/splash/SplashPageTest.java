package org.tidegate.proxy.splash;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidegate.proxy.splash.SplashAnswer.Field;

class SplashPageTest {
  private static final SplashReference REFERENCE = new SplashReference("BCDF234567");

  private final SplashPage builtIn = SplashPage.builtIn();

  @Test
  void saysWhatWhoWhyAndHowToAppeal() {
    String page = text(builtIn.answer("sample", REFERENCE, "en", null, null));

    assertThat(page)
        .contains("This page is blocked", "“sample”", "The operator of this network.")
        .contains("<dd dir=\"ltr\" translate=\"no\">BCDF234567</dd>")
        .contains("lang=\"en\"", "dir=\"ltr\"", "<main>", "<h1>", "</html>");
  }

  @Test
  void germanPage() {
    SplashAnswer answer = builtIn.answer("sample", REFERENCE, "de-DE,en;q=0.5", null, "document");

    assertThat(text(answer)).contains("lang=\"de\"", "Diese Seite ist gesperrt", "„sample“");
    assertThat(field(answer, "Content-Language")).isEqualTo("de");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de"})
  void loadsNothingAndRunsNothing(String language) {
    String page = text(builtIn.answer("sample", REFERENCE, language, null, null));

    assertThat(page).doesNotContainIgnoringCase("<script", "http:", "https:", "@import", "url(");
    assertThat(page).doesNotContainPattern("\\s(style|on\\w+)=").doesNotContain("{{", "\uFDD0");
  }

  @Test
  void policyAllowsExactlyTheInlineStyle() throws Exception {
    SplashAnswer answer = builtIn.answer("sample", REFERENCE, null, null, null);
    String page = text(answer);
    String style = page.substring(page.indexOf("<style>") + 7, page.indexOf("</style>"));
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));

    assertThat(field(answer, "Content-Security-Policy"))
        .isEqualTo(
            "default-src 'none'; style-src 'sha256-%s'; img-src data:; base-uri 'none';"
                + " form-action 'none'; frame-ancestors 'none'",
            Base64.getEncoder().encodeToString(digest))
        .doesNotContain("unsafe");
  }

  @ParameterizedTest
  @EnumSource(AnswerKind.class)
  void everyKindCarriesTheFields(AnswerKind kind) {
    String accept = kind == AnswerKind.NOTHING ? null : kind.contentType();
    SplashAnswer answer =
        builtIn.answer(
            "sample", REFERENCE, "en", accept, kind == AnswerKind.NOTHING ? "empty" : null);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(field(answer, "Content-Type")).isEqualTo(kind.contentType());
    assertThat(field(answer, "Cache-Control")).isEqualTo("no-store");
    assertThat(field(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(field(answer, "Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(field(answer, "Vary")).isEqualTo("Accept, Accept-Language, Sec-Fetch-Dest");
    assertThat(field(answer, "Content-Security-Policy")).startsWith("default-src 'none';");
    assertThat(field(answer, "Link")).isNull();
    assertThat(answer.body().length > 100).isEqualTo(kind == AnswerKind.PAGE);
  }

  @Test
  void fieldsDoNotDependOnTheReference() {
    // So HEAD and GET are answered with the same fields and the same length.
    SplashAnswer one = builtIn.answer("sample", SplashReference.random(), "en", null, null);
    SplashAnswer other = builtIn.answer("sample", SplashReference.random(), "en", null, null);

    assertThat(one.fields()).isEqualTo(other.fields()).doesNotHaveDuplicates();
    assertThat(one.body()).hasSameSizeAs(other.body());
    assertThat(one.fields()).extracting(Field::name).doesNotContain("Content-Length", "Connection");
  }

  @Test
  void legalReasonsNameTheBlocker() throws Exception {
    URI blockedBy = URI.create("https://provider.example/blocké");
    SplashPage page =
        SplashPage.builtIn(Map.of("court", SplashSettings.legalReasons(blockedBy, Map.of())));

    for (String dest : List.of("document", "image", "script", "empty")) {
      SplashAnswer answer = page.answer("court", REFERENCE, null, null, dest);
      assertThat(answer.status()).isEqualTo(451);
      assertThat(field(answer, "Link"))
          .isEqualTo("<https://provider.example/block%C3%A9>; rel=\"blocked-by\"");
    }
    assertThat(page.answer("other", REFERENCE, null, null, null).status()).isEqualTo(403);
  }

  @Test
  void ownTextsAreEscaped() throws Exception {
    SplashPage page =
        SplashPage.builtIn(
            Map.of(
                "own",
                SplashSettings.forbidden(
                    Map.of(
                        "*", Map.of("list", "<b>\"A\" & 'B'</b>", "who", "School <i>"),
                        "de", Map.of("who", "Schule")))));

    String english = text(page.answer("own", REFERENCE, "en", null, null));
    assertThat(english)
        .contains("&lt;b&gt;&quot;A&quot; &amp; &#39;B&#39;&lt;/b&gt;", "School &lt;i&gt;")
        .doesNotContain("<b>", "<i>");
    assertThat(text(page.answer("own", REFERENCE, "de", null, null)))
        .contains("<p>Schule</p>", "&lt;b&gt;");
  }

  @Test
  void listNameIsEscaped() {
    String page = text(builtIn.answer("<img src=x>\uFDD0", REFERENCE, "en", null, null));

    assertThat(page).contains("&lt;img src&#x3D;x&gt;").doesNotContain("<img");
    assertThat(page.split("BCDF234567", -1)).hasSize(2);
  }

  @Test
  void linksCarryTheReference() throws Exception {
    String appeal = "mailto:appeals@network.example?subject=Blocked%20{{reference}}";
    SplashPage page =
        SplashPage.builtIn(
            Map.of(
                "own",
                SplashSettings.forbidden(
                    Map.of(
                        "*", Map.of("appeal-url", appeal, "help-url", "https://help.example/")))));

    assertThat(text(page.answer("own", REFERENCE, "en", null, null)))
        .contains("<a href=\"mailto:appeals@network.example?subject&#x3D;Blocked%20BCDF234567\"")
        .contains("<a href=\"https://help.example/\"");
    assertThat(text(builtIn.answer("own", REFERENCE, "en", null, null))).doesNotContain("<a ");
  }

  @Test
  void apiTakesNoUrlAndNoEntry() {
    assertThat(
            Arrays.stream(SplashPage.class.getMethods()).filter(m -> m.getName().equals("answer")))
        .singleElement()
        .satisfies(
            m ->
                // The list's name, the reference, and three fields of the request.
                assertThat(m.getParameterTypes())
                    .isEqualTo(
                        new Class<?>[] {
                          String.class,
                          SplashReference.class,
                          String.class,
                          String.class,
                          String.class
                        }));
  }

  @Test
  void referencesAreShortAndDiffer() {
    Pattern expected = Pattern.compile("[" + SplashReference.ALPHABET + "]{10}");
    List<String> some =
        java.util.stream.Stream.generate(() -> SplashReference.random().text())
            .limit(1000)
            .toList();

    assertThat(some).allMatch(expected.asMatchPredicate()).doesNotHaveDuplicates();
  }

  private static String text(SplashAnswer answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static @Nullable String field(SplashAnswer answer, String name) {
    return answer.fields().stream()
        .filter(f -> f.name().equals(name))
        .map(Field::value)
        .findFirst()
        .orElse(null);
  }
}
