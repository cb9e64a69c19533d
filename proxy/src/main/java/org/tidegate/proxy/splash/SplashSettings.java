package org.tidegate.proxy.splash;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one list's splash page says and how it is answered.
 *
 * @param status 403, or 451 (RFC 7725) where a law demands the block
 * @param blockedBy who blocks, an http or https URI: needed with 451, absent with 403
 * @param texts by language tag, or {@link #EVERY_LANGUAGE}: texts by key in place of those in the
 *     language files. The key {@code list} is the list's public title; without it the page shows
 *     the list's name.
 */
public record SplashSettings(
    int status, @Nullable URI blockedBy, Map<String, Map<String, String>> texts) {
  /** The key of texts that hold in every language; a text of the language itself precedes. */
  public static final String EVERY_LANGUAGE = "*";

  /** Status 403 and the texts of the language files. */
  public static final SplashSettings DEFAULT = forbidden(Map.of());

  public SplashSettings {
    if (status != 403 && status != 451) {
      throw new IllegalArgumentException("status " + status + " (expected: 403 or 451)");
    }
    if (status == 403 && blockedBy != null) {
      throw new IllegalArgumentException("blocked-by with status 403 (expected: status 451)");
    }
    if (status == 451 && !isWeb(blockedBy)) {
      throw new IllegalArgumentException(
          "status 451 without a usable blocked-by (expected: an http or https URI)");
    }
    texts =
        texts.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> Map.copyOf(e.getValue())));
  }

  public static SplashSettings forbidden(Map<String, Map<String, String>> texts) {
    return new SplashSettings(403, null, texts);
  }

  public static SplashSettings legalReasons(URI blockedBy, Map<String, Map<String, String>> texts) {
    return new SplashSettings(451, blockedBy, texts);
  }

  private static boolean isWeb(@Nullable URI uri) {
    if (uri == null || uri.getScheme() == null || uri.getHost() == null) {
      return false;
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    return scheme.equals("http") || scheme.equals("https");
  }
}
