package org.tidegate.filter.list;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the owner names of a response-policy zone into the names that they stand for. */
final class ZoneNames {
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

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return "ZoneNames";
  }
}
