package org.tidegate.proxy.splash;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Chooses a language by Accept-Language (RFC 4647 lookup); English where nothing fits. */
final class Languages {
  static final Locale DEFAULT = Locale.ENGLISH;

  /** A longer field is ignored, and so are ranges beyond the limit. */
  private static final int LENGTH_LIMIT = 1024;

  private static final int RANGE_LIMIT = 32;

  /** RFC 4647 §2.1 with a weight of RFC 9110 §12.4.2. */
  private static final Pattern RANGE =
      Pattern.compile(
          "(\\*|[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)"
              + "(?:\\s*;\\s*[qQ]=(0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?))?");

  private final List<Locale> offered;

  Languages(Collection<Locale> offered) {
    this.offered = List.copyOf(offered);
  }

  /** Never throws: what cannot be read is skipped. */
  Locale choose(@Nullable String acceptLanguage) {
    if (acceptLanguage == null || acceptLanguage.length() > LENGTH_LIMIT) {
      return DEFAULT;
    }
    Locale found = Locale.lookup(ranges(acceptLanguage), offered);
    return found == null ? DEFAULT : found;
  }

  private static List<LanguageRange> ranges(String acceptLanguage) {
    List<LanguageRange> ranges = new ArrayList<>();
    String[] parts = acceptLanguage.split(",", -1);
    for (int i = 0; i < parts.length && i < RANGE_LIMIT; i++) {
      // Not LanguageRange.parse: it throws ArrayIndexOutOfBoundsException at "-", and one bad range
      // would cost all the others.
      Matcher range = RANGE.matcher(parts[i].strip());
      if (range.matches()) {
        String weight = range.group(2);
        ranges.add(
            new LanguageRange(range.group(1), weight == null ? 1 : Double.parseDouble(weight)));
      }
    }
    ranges.sort(Comparator.comparingDouble(LanguageRange::getWeight).reversed());
    return ranges;
  }
}
