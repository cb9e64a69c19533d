package org.tidegate.filter.list;

import static java.util.regex.Matcher.quoteReplacement;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns the owner names of a response-policy zone into the names that they stand for. */
final class ZoneNames {
  private static final Pattern ESCAPE = Pattern.compile("\\\\([0-9]{3}|.?)");
  private static final String DELIMITERS = ".@\\";

  private @Nullable String origin;
  private @Nullable String apex;

  /** {@code $ORIGIN}; the first one names the zone until its SOA record does. */
  void origin(String name) {
    origin = absolute(name).orElse(withoutDot(name));
    if (apex == null) {
      apex = origin;
    }
  }

  /** The owner of the SOA record names the zone. */
  void apex(String owner) {
    absolute(owner).ifPresent(name -> apex = name);
  }

  /** The name before the zone's own, empty for the zone itself; nothing for one outside. */
  Optional<String> within(String owner) {
    Optional<String> name = absolute(owner);
    if (name.isEmpty()) {
      return Optional.of(owner.equals("@") ? "" : lower(owner));
    }
    String zone = apex;
    return zone == null ? Optional.empty() : name.flatMap(n -> before(n, zone));
  }

  private static Optional<String> before(String name, String apex) {
    if (name.equals(apex)) {
      return Optional.of("");
    }
    String tail = apex.isEmpty() ? "" : "." + apex;
    return name.endsWith(tail)
        ? Optional.of(name.substring(0, name.length() - tail.length()))
        : Optional.empty();
  }

  /** Without its last dot; nothing for a relative name while no origin is known. */
  private Optional<String> absolute(String name) {
    if (name.endsWith(".")) {
      return Optional.of(withoutDot(name));
    }
    if (origin == null) {
      return Optional.empty();
    }
    if (name.equals("@")) {
      return Optional.of(origin);
    }
    return Optional.of(lower(name) + (origin.isEmpty() ? "" : "." + origin));
  }

  private static String withoutDot(String name) {
    return lower(name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
  }

  /** The bytes are UTF-8, if they are not ASCII: only letters of ASCII have another case. */
  static String lower(String name) {
    StringBuilder lower = new StringBuilder(name);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      lower.setCharAt(i, c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c);
    }
    return lower.toString();
  }

  /**
   * The name that a token spells, without quotes and escapes (RFC 1035 §5.1). What is a delimiter
   * unless it is escaped becomes NUL, which no host has.
   */
  static String spelled(String token) {
    boolean quoted = token.length() > 1 && token.startsWith("\"") && token.endsWith("\"");
    String text = quoted ? token.substring(1, token.length() - 1) : token;
    return text.indexOf('\\') < 0
        ? text
        : ESCAPE.matcher(text).replaceAll(escape -> quoteReplacement(unescaped(escape)));
  }

  private static String unescaped(MatchResult escape) {
    String what = escape.group(1);
    if (what.isEmpty()) {
      return "\0";
    }
    int c = what.length() == 1 ? what.charAt(0) : Integer.parseInt(what);
    return c > 0xFF || DELIMITERS.indexOf(c) >= 0 ? "\0" : String.valueOf((char) c);
  }

  @Override
  public String toString() {
    return "ZoneNames";
  }
}
