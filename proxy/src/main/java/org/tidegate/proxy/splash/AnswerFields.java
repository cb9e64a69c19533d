package org.tidegate.proxy.splash;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidegate.proxy.splash.SplashAnswer.Field;

/** The header fields that every answer carries, and the content security policy of a page. */
final class AnswerFields {
  private static final Pattern STYLE =
      Pattern.compile("<style\\b[^>]*>(.*?)</style", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final String NO_BASE_FORM_OR_FRAME =
      "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /** For an answer that is not a page: nothing may be loaded or run. */
  static final String NOTHING_ALLOWED = "default-src 'none'; " + NO_BASE_FORM_OR_FRAME;

  private AnswerFields() {}

  static List<Field> of(String contentType, String contentSecurityPolicy, String vary) {
    List<Field> fields = new ArrayList<>();
    fields.add(new Field("Content-Type", contentType));
    fields.add(new Field("Cache-Control", "no-store"));
    fields.add(new Field("Vary", vary));
    fields.add(new Field("Content-Security-Policy", contentSecurityPolicy));
    fields.add(new Field("X-Content-Type-Options", "nosniff"));
    // A link on the page must not tell its target which address was asked for.
    fields.add(new Field("Referrer-Policy", "no-referrer"));
    return fields;
  }

  /**
   * Allows the page's own inline style, by its hash, and pictures inside the page; nothing else.
   */
  static String policyFor(String html) {
    StringBuilder styles = new StringBuilder();
    Matcher style = STYLE.matcher(html);
    while (style.find()) {
      styles.append(" 'sha256-").append(hash(style.group(1))).append('\'');
    }
    return "default-src 'none'; style-src"
        + (styles.isEmpty() ? " 'none'" : styles)
        + "; img-src data:; "
        + NO_BASE_FORM_OR_FRAME;
  }

  private static String hash(String style) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every Java platform", e);
    }
  }
}
