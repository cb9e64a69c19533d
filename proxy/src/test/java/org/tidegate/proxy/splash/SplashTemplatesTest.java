package org.tidegate.proxy.splash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplashTemplatesTest {
  private static final SplashReference REFERENCE = new SplashReference("BCDF234567");

  @TempDir Path directory;

  @BeforeEach
  void writeSmallPage() throws IOException {
    write("page.html.mustache", "<html lang={{lang}}><style>a{}</style>{{what}} {{reference}}");
    write("en.properties", "what = Blocked by {{list}}");
  }

  @Test
  void ownPageIsUsed() throws Exception {
    assertThat(page("fr"))
        .isEqualTo("<html lang=en><style>a{}</style>Blocked by sample BCDF234567");
  }

  @Test
  void oneFileAddsOneLanguage() throws Exception {
    write("fr.properties", "what = Bloqué par {{list}}");

    assertThat(page("fr-CA")).contains("lang=fr", "Bloqué par sample");
  }

  @Test
  void otherFilesAreLeftAlone() throws Exception {
    write("README.md", "{{#");

    assertThat(page("en")).contains("Blocked");
  }

  @Test
  void windowsLineEndsAndByteOrderMarkAreRead() throws Exception {
    write("page.html.mustache", "\uFEFF<style>\r\na{}\r\n</style>{{what}}");
    write("en.properties", "\uFEFFwhat = Blocked\r\n");

    assertThat(page("en")).isEqualTo("<style>\na{}\n</style>Blocked");
  }

  @Test
  void missingDirectory() {
    assertRefused(directory.resolve("none"))
        .hasMessageEndingWith(
            "none: cannot be read (expected: a directory with page.html.mustache and en.properties)");
  }

  @Test
  void missingLayout() throws Exception {
    Files.delete(directory.resolve("page.html.mustache"));

    assertRefused().hasMessageContaining("page.html.mustache: missing (expected: ");
  }

  @Test
  void missingEnglish() throws Exception {
    Files.move(directory.resolve("en.properties"), directory.resolve("de.properties"));

    assertRefused().hasMessageContaining("en.properties: missing (expected: ");
  }

  @Test
  void missingText() throws Exception {
    write("de.properties", "wer = x");

    assertRefused()
        .hasMessageContaining(
            "page.html.mustache with de.properties: no text 'what' for line 1 (expected: ");
  }

  @Test
  void unknownNameInText() throws Exception {
    write("en.properties", "what = {{url}}");

    assertRefused().hasMessageContaining("en.properties, what: no text 'url'");
  }

  @Test
  void malformedMustache() throws Exception {
    write("page.html.mustache", "<p>\n{{#what}}");

    assertRefused().hasMessageContaining("page.html.mustache: ");
  }

  @Test
  void partialsAreRefused() throws Exception {
    write("page.html.mustache", "{{>other}}");

    assertRefused().hasMessageContaining("partial 'other' is not supported");
  }

  @Test
  void badLanguageTag() throws Exception {
    write("deutsch_1.properties", "what = x");

    assertRefused().hasMessageContaining("deutsch_1.properties: not a language (expected: ");
  }

  @Test
  void badProperties() throws Exception {
    write("de.properties", "what = \\u12");

    assertRefused().hasMessageContaining("de.properties: malformed (expected: ");
  }

  @Test
  void notUtf8() throws Exception {
    Files.write(
        directory.resolve("de.properties"), "what = für".getBytes(StandardCharsets.ISO_8859_1));

    assertRefused().hasMessageContaining("de.properties: not valid UTF-8 (expected: ");
  }

  @Test
  void tooLarge() throws Exception {
    write("de.properties", "#".repeat((1 << 20) + 1));

    assertRefused().hasMessageContaining("de.properties: too large (expected: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"javascript:alert(1)", "data:text/html,x", "/help", "help.example", "a b"})
  void linksGoToKnownSchemesOnly(String link) throws Exception {
    write("en.properties", "what = x\nhelp-url = " + link);

    assertRefused().hasMessageContaining("en.properties, help-url: not a ");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused() {
    return assertRefused(directory);
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(Path templates) {
    return assertThatThrownBy(() -> SplashPage.load(templates))
        .isInstanceOf(SplashTemplateException.class)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  private String page(String language) throws SplashTemplateException {
    SplashAnswer answer =
        SplashPage.load(directory).answer("sample", REFERENCE, language, null, null);
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(directory.resolve(name), content);
  }
}
