package org.tidegate.sync.tuf;

/**
 * A glob of target paths: {@code *}, {@code ?} and {@code [set]} within one segment, none of which
 * crosses a slash (specification §4.5).
 */
final class PathPattern {
  private PathPattern() {}

  static boolean matches(String pattern, String path) {
    String[] patterns = pattern.split("/", -1);
    String[] segments = path.split("/", -1);
    if (patterns.length != segments.length) {
      return false;
    }
    for (int i = 0; i < patterns.length; i++) {
      if (!matchesSegment(patterns[i], segments[i])) {
        return false;
      }
    }
    return true;
  }

  /** Goes back to the last star only, so that no pattern takes more than quadratic time. */
  private static boolean matchesSegment(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int retry = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        retry = t;
      } else if (p < pattern.length() && matchesOne(pattern, p, text.charAt(t))) {
        p = end(pattern, p);
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++retry;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  private static boolean matchesOne(String pattern, int at, char c) {
    char first = pattern.charAt(at);
    if (first == '?') {
      return true;
    }
    int end = end(pattern, at);
    return end == at + 1 ? first == c : isInSet(pattern.substring(at + 1, end - 1), c);
  }

  /** Where the one character, or the set in brackets, that stands there ends. */
  private static int end(String pattern, int at) {
    if (pattern.charAt(at) != '[') {
      return at + 1;
    }
    int from = at + 1 < pattern.length() && pattern.charAt(at + 1) == '!' ? at + 3 : at + 2;
    int close = from <= pattern.length() ? pattern.indexOf(']', from) : -1;
    return close < 0 ? at + 1 : close + 1;
  }

  private static boolean isInSet(String set, char c) {
    boolean negated = set.startsWith("!");
    boolean found = false;
    for (int i = negated ? 1 : 0; i < set.length(); i++) {
      if (i + 2 < set.length() && set.charAt(i + 1) == '-') {
        found |= set.charAt(i) <= c && c <= set.charAt(i + 2);
        i += 2;
      } else {
        found |= set.charAt(i) == c;
      }
    }
    return found != negated;
  }
}
