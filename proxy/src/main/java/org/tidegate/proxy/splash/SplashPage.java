package org.tidegate.proxy.splash;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tidegate.proxy.splash.SplashAnswer.Field;

/**
 * The answer to a blocked request: a page that says what was done, by whom and why, where to get
 * help and how to appeal; for pictures, scripts and the like a small body of their type. It never
 * says which entry or address.
 *
 * <p>Pages are rendered when this is made; to answer is to fill in a reference. Immutable, safe for
 * many threads.
 */
public final class SplashPage {
  private static final String VARY = "Accept, Accept-Language, Sec-Fetch-Dest";

  private final Languages languages;
  private final ListPages neutral;
  private final Map<String, ListPages> byList = new HashMap<>();

  private SplashPage(SplashTemplates templates, Map<String, SplashSettings> settings)
      throws SplashTemplateException {
    languages = new Languages(templates.languages());
    neutral = new ListPages(templates, SplashSettings.DEFAULT);
    for (Map.Entry<String, SplashSettings> list : settings.entrySet()) {
      byList.put(list.getKey(), new ListPages(templates, list.getValue()));
    }
  }

  /** The page that is shipped, in English and German. */
  public static SplashPage builtIn() {
    try {
      return builtIn(Map.of());
    } catch (SplashTemplateException e) {
      throw new IllegalStateException("the shipped splash page is damaged", e);
    }
  }

  /**
   * The page that is shipped, with settings by list name.
   *
   * @throws SplashTemplateException if a setting names an unknown language or text
   */
  public static SplashPage builtIn(Map<String, SplashSettings> settings)
      throws SplashTemplateException {
    return new SplashPage(new SplashTemplates(TemplateFiles.shipped("page")), settings);
  }

  /**
   * An operator's page: {@code page.html.mustache} and one {@code <language>.properties} for each
   * language.
   */
  public static SplashPage load(Path templates) throws SplashTemplateException {
    return load(templates, Map.of());
  }

  /** As {@link #load(Path)}, with settings by list name. */
  public static SplashPage load(Path templates, Map<String, SplashSettings> settings)
      throws SplashTemplateException {
    return new SplashPage(new SplashTemplates(TemplateFiles.read(templates)), settings);
  }

  /**
   * The answer for a request that the list blocked; the last three are the values of its header
   * fields, where it has them. Never throws, whatever they hold. A list without settings gets the
   * neutral page under its name.
   */
  public SplashAnswer answer(
      String listName,
      SplashReference reference,
      @Nullable String acceptLanguage,
      @Nullable String accept,
      @Nullable String secFetchDest) {
    requireNonNull(listName);
    requireNonNull(reference);
    ListPages pages = byList.getOrDefault(listName, neutral);
    AnswerKind kind = AnswerKind.of(secFetchDest, accept);
    return kind == AnswerKind.PAGE
        ? pages.page(languages.choose(acceptLanguage), reference, listName)
        : pages.small(kind);
  }

  /** One list's pages in every language, with their fields. */
  private static final class ListPages {
    private final SplashSettings settings;
    private final Map<Locale, RenderedPage> pages = new HashMap<>();
    private final Map<Locale, List<Field>> fields = new HashMap<>();

    ListPages(SplashTemplates templates, SplashSettings settings) throws SplashTemplateException {
      this.settings = settings;
      checkTexts(templates);
      for (Locale language : templates.languages()) {
        Map<String, String> texts = new HashMap<>(ownTexts(SplashSettings.EVERY_LANGUAGE));
        texts.putAll(ownTexts(language.toLanguageTag()));
        RenderedPage page = templates.render(language, texts);
        pages.put(language, page);
        List<Field> own = fields(AnswerKind.PAGE, page.contentSecurityPolicy());
        own.add(new Field("Content-Language", language.toLanguageTag()));
        fields.put(language, own);
      }
    }

    SplashAnswer page(Locale language, SplashReference reference, String listName) {
      RenderedPage page = requireNonNull(pages.get(language));
      return new SplashAnswer(
          settings.status(), requireNonNull(fields.get(language)), page.fill(reference, listName));
    }

    SplashAnswer small(AnswerKind kind) {
      return new SplashAnswer(
          settings.status(), fields(kind, AnswerFields.NOTHING_ALLOWED), kind.body());
    }

    private List<Field> fields(AnswerKind kind, String contentSecurityPolicy) {
      List<Field> all =
          new ArrayList<>(AnswerFields.of(kind.contentType(), contentSecurityPolicy, VARY));
      URI blockedBy = settings.blockedBy();
      if (blockedBy != null) {
        // RFC 7725 §4
        all.add(new Field("Link", "<" + blockedBy.toASCIIString() + ">; rel=\"blocked-by\""));
      }
      return all;
    }

    private Map<String, String> ownTexts(String language) {
      return settings.texts().getOrDefault(language, Map.of());
    }

    /** A misspelt language or key would silently leave the neutral text in place. */
    private void checkTexts(SplashTemplates templates) throws SplashTemplateException {
      Map<String, String> known = templates.texts(Languages.DEFAULT);
      List<String> tags = templates.languages().stream().map(Locale::toLanguageTag).toList();
      for (Map.Entry<String, Map<String, String>> own : settings.texts().entrySet()) {
        if (!own.getKey().equals(SplashSettings.EVERY_LANGUAGE) && !tags.contains(own.getKey())) {
          throw new SplashTemplateException(
              "language '" + own.getKey() + "' (expected: * or one of " + tags + ")");
        }
        for (String key : own.getValue().keySet()) {
          if (!key.equals("list") && !known.containsKey(key)) {
            throw new SplashTemplateException(
                "text '" + key + "' (expected: list or a key of en.properties)");
          }
        }
      }
    }
  }
}
