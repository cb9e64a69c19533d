package org.tidegate.app.config;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong. For one thread. */
final class Problems {
  private static final int LONGEST = 200;

  private final List<Problem> all = new ArrayList<>();

  void add(String place, String key, String what) {
    all.add(new Problem(place, key, what));
  }

  void bad(String place, String key, String found, String expected) {
    add(place, key, "'" + shown(found) + "' (expected: " + expected + ")");
  }

  void throwIfAny() throws ConfigurationException {
    if (!all.isEmpty()) {
      throw new ConfigurationException(all);
    }
  }

  /** On one line, and not endless. */
  static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? '?' : c));
    return shown.length() < text.length() ? shown + "…" : shown.toString();
  }
}
