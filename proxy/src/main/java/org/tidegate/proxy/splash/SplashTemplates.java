package org.tidegate.proxy.splash;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.IllformedLocaleException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * One layout and the texts of each language, parsed; renders pages. Immutable.
 *
 * <p>A text may name {@code {{list}}} and {@code {{reference}}}; it is put together as plain text
 * first, and escaped where the layout uses it. Every name that the layout uses must be in every
 * language file.
 */
final class SplashTemplates {
  private static final Set<String> LINK_SCHEMES = Set.of("https", "http", "mailto", "tel");

  private static final Mustache.Compiler PLAIN =
      Mustache.compiler()
          .withEscaper(Escapers.NONE)
          .withLoader(SplashTemplates::refusePartial)
          .emptyStringIsFalse(true)
          .strictSections(true);
  private static final Mustache.Compiler HTML = PLAIN.withEscaper(Escapers.HTML);

  private final Template layout;
  private final Map<Locale, Map<String, String>> texts = new LinkedHashMap<>();

  SplashTemplates(Map<String, String> files) throws SplashTemplateException {
    String page = files.get(TemplateFiles.LAYOUT);
    if (page == null) {
      throw new SplashTemplateException(
          TemplateFiles.LAYOUT + ": missing (expected: the layout of the page)");
    }
    layout = compile(HTML, page, TemplateFiles.LAYOUT);
    for (Map.Entry<String, String> file : files.entrySet()) {
      if (file.getKey().endsWith(TemplateFiles.TEXTS)) {
        texts.put(language(file.getKey()), texts(file.getKey(), file.getValue()));
      }
    }
    if (!texts.containsKey(Languages.DEFAULT)) {
      throw new SplashTemplateException(
          "en.properties: missing (expected: the English texts, used where no language fits)");
    }
  }

  Set<Locale> languages() {
    return texts.keySet();
  }

  /** The texts of a language, by key. */
  Map<String, String> texts(Locale language) {
    return texts.getOrDefault(language, Map.of());
  }

  /** Renders the page with some texts in place of those of the language file. */
  RenderedPage render(Locale language, Map<String, String> ownTexts)
      throws SplashTemplateException {
    String file = language.toLanguageTag() + TemplateFiles.TEXTS;
    Map<String, String> raw = new HashMap<>(texts(language));
    raw.putAll(ownTexts);
    Map<String, String> names = new HashMap<>();
    names.put("reference", String.valueOf(RenderedPage.REFERENCE_GAP));
    names.put("list", raw.getOrDefault("list", String.valueOf(RenderedPage.LIST_GAP)));
    Map<String, String> values = new HashMap<>(names);
    for (Map.Entry<String, String> text : raw.entrySet()) {
      String where = file + ", " + text.getKey();
      String value = execute(compile(PLAIN, text.getValue(), where), names, where);
      if (text.getKey().endsWith("-url")) {
        checkLink(value, where);
      }
      values.put(text.getKey(), value);
    }
    values.put("lang", language.toLanguageTag());
    return new RenderedPage(execute(layout, values, TemplateFiles.LAYOUT + " with " + file));
  }

  private static Locale language(String fileName) throws SplashTemplateException {
    String tag = fileName.substring(0, fileName.length() - TemplateFiles.TEXTS.length());
    try {
      return new Locale.Builder().setLanguageTag(tag).build();
    } catch (IllformedLocaleException e) {
      throw new SplashTemplateException(
          fileName
              + ": not a language (expected: a language tag before .properties, as in de or pt-BR)");
    }
  }

  private static Map<String, String> texts(String fileName, String content)
      throws SplashTemplateException {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(content));
    } catch (IOException | IllegalArgumentException e) {
      throw new SplashTemplateException(
          fileName + ": malformed (expected: key = text on each line)");
    }
    Map<String, String> texts = new HashMap<>();
    for (String key : properties.stringPropertyNames()) {
      texts.put(key, properties.getProperty(key).strip());
    }
    return texts;
  }

  private static Template compile(Mustache.Compiler compiler, String template, String where)
      throws SplashTemplateException {
    try {
      return compiler.compile(template);
    } catch (MustacheException e) {
      throw new SplashTemplateException(where + ": " + e.getMessage() + " (expected: Mustache)");
    }
  }

  private static String execute(Template template, Map<String, String> values, String where)
      throws SplashTemplateException {
    try {
      return template.execute(values);
    } catch (MustacheException.Context e) {
      throw new SplashTemplateException(
          where
              + ": no text '"
              + e.key
              + "' for line "
              + e.lineNo
              + " (expected: a key in the language file)");
    } catch (MustacheException e) {
      throw new SplashTemplateException(where + ": " + e.getMessage());
    }
  }

  private static java.io.Reader refusePartial(String name) {
    throw new MustacheException("partial '" + name + "' is not supported");
  }

  private static void checkLink(String value, String where) throws SplashTemplateException {
    if (value.isEmpty()) {
      return;
    }
    try {
      String scheme = new URI(value.replace(RenderedPage.REFERENCE_GAP, 'X')).getScheme();
      if (scheme != null && LINK_SCHEMES.contains(scheme.toLowerCase(Locale.ROOT))) {
        return;
      }
    } catch (URISyntaxException e) {
      throw new SplashTemplateException(
          where + ": not a URI (expected: https, http, mailto or tel)");
    }
    throw new SplashTemplateException(
        where + ": not a link (expected: https, http, mailto or tel)");
  }
}
