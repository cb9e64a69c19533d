package org.tidegate.app.config;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Variables that override the file: {@code TIDEGATE_} and the key's path in upper case, {@code _}
 * for every dot and hyphen.
 */
final class Environment {
  private static final String PREFIX = "TIDEGATE_";

  /** Read by the launcher. */
  private static final String JVM_OPTIONS = "TIDEGATE_JAVA_OPTS";

  /** What Kubernetes gives every container about a service whose name begins with tidegate. */
  private static final Pattern SERVICE_LINK =
      Pattern.compile("TIDEGATE_(?:.*_)?(?:SERVICE_HOST|SERVICE_PORT(?:_.*)?|PORT(?:_[0-9]+_.*)?)");

  private final Map<String, String> variables = new TreeMap<>();
  private final Set<String> used = new HashSet<>();

  Environment(Map<String, String> all) {
    all.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX) && !name.equals(JVM_OPTIONS)) {
            variables.put(name, value);
          }
        });
  }

  static String variable(String path) {
    return PREFIX + path.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** The value that overrides a key. */
  @Nullable String find(String variable) {
    String value = variables.get(variable);
    if (value != null) {
      used.add(variable);
    }
    return value;
  }

  /** A misspelt variable would silently leave the file's value in place. */
  void reportUnused(Problems problems) {
    for (String variable : variables.keySet()) {
      if (!used.contains(variable) && !SERVICE_LINK.matcher(variable).matches()) {
        problems.add(
            variable,
            "",
            "overrides no key (expected: TIDEGATE_ and a key's path in upper case, _ for . and -)");
      }
    }
  }
}
