package org.tidegate.proxy.splash;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tidegate.proxy.splash.SplashAnswer.Field;

/** The fixed answers for requests that cannot be served. Nothing of the request is reflected. */
public enum PlainAnswer {
  /** The request gate refused it, or its URL has no canonical form. */
  BAD_REQUEST(400),
  /** The operator's rules forbid the address or port. */
  DESTINATION_NOT_ALLOWED(403),
  /** The parent proxy asks for credentials, which the client may have. */
  CREDENTIALS_ASKED(407),
  REQUEST_TIMEOUT(408),
  CONTENT_TOO_LARGE(413),
  TARGET_TOO_LONG(414),
  FIELDS_TOO_LARGE(431),
  /** The origin or parent cannot be reached, or does not speak HTTP. */
  BAD_GATEWAY(502),
  /** The origin's certificate has expired, or is not valid yet. */
  ORIGIN_OUTDATED(502, "origin-outdated"),
  /** The origin's certificate is another's. */
  ORIGIN_OTHER_NAME(502, "origin-other-name"),
  /** Nobody who is trusted vouches for the origin's certificate. */
  ORIGIN_UNTRUSTED(502, "origin-untrusted"),
  /** The origin's certificate is signed in a way that is broken. */
  ORIGIN_WEAK(502, "origin-weak"),
  /** The parent proxy asks this gateway for credentials that it does not have. */
  PARENT_REFUSES(502, "parent"),
  /** No usable list, or the gateway is full or going down. */
  NOT_READY(503),
  GATEWAY_TIMEOUT(504);

  private static final String VARY = "Accept-Language";

  private final int status;
  private final String texts;

  PlainAnswer(int status) {
    this(status, String.valueOf(status));
  }

  PlainAnswer(int status, String texts) {
    this.status = status;
    this.texts = texts;
  }

  public int status() {
    return status;
  }

  /** The answer in the language that fits the value of Accept-Language. Never throws. */
  public SplashAnswer answer(@Nullable String acceptLanguage) {
    return Answers.LOADED.find(this, acceptLanguage);
  }

  /** All answers in all languages, rendered once. */
  private static final class Answers {
    static final Answers LOADED = new Answers();

    private final SplashTemplates templates;
    private final Languages languages;
    private final Map<Locale, Map<PlainAnswer, SplashAnswer>> byLanguage = new HashMap<>();

    private Answers() {
      try {
        templates = new SplashTemplates(TemplateFiles.shipped("plain"));
        languages = new Languages(templates.languages());
        for (Locale language : templates.languages()) {
          Map<PlainAnswer, SplashAnswer> answers = new HashMap<>();
          for (PlainAnswer answer : values()) {
            answers.put(answer, render(answer, language));
          }
          byLanguage.put(language, answers);
        }
      } catch (SplashTemplateException e) {
        throw new IllegalStateException("the shipped plain answers are damaged", e);
      }
    }

    SplashAnswer find(PlainAnswer answer, @Nullable String acceptLanguage) {
      Locale language = languages.choose(acceptLanguage);
      return requireNonNull(requireNonNull(byLanguage.get(language)).get(answer));
    }

    private SplashAnswer render(PlainAnswer answer, Locale language)
        throws SplashTemplateException {
      Map<String, String> texts = templates.texts(language);
      Map<String, String> own = new HashMap<>();
      own.put("heading", texts.getOrDefault(answer.texts + "-heading", ""));
      own.put("text", texts.getOrDefault(answer.texts + "-text", ""));
      RenderedPage page = templates.render(language, own);
      List<Field> fields =
          AnswerFields.of(AnswerKind.PAGE.contentType(), page.contentSecurityPolicy(), VARY);
      fields.add(new Field("Content-Language", language.toLanguageTag()));
      return new SplashAnswer(answer.status, fields, page.fill(new SplashReference(""), ""));
    }
  }
}
