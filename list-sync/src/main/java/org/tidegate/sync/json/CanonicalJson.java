package org.tidegate.sync.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes JSON in its one canonical form (OLPC Canonical JSON): names sorted by code point, no
 * space. OLPC leaves control characters raw, which JSON forbids: what is signed and what is a file
 * may differ in them.
 */
public final class CanonicalJson {
  private static final Comparator<String> BY_CODE_POINT =
      (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

  private final StringBuilder out = new StringBuilder();
  private final boolean controlsEscaped;

  private CanonicalJson(boolean controlsEscaped) {
    this.controlsEscaped = controlsEscaped;
  }

  /** A file's bytes: JSON of a map of strings, whole numbers, booleans, nulls, lists and maps. */
  public static byte[] bytes(Map<String, ?> object) {
    return write(object, true);
  }

  /** The message that TUF signs for such a map. */
  public static byte[] message(Map<String, ?> object) {
    return write(object, false);
  }

  private static byte[] write(Map<String, ?> object, boolean controlsEscaped) {
    CanonicalJson json = new CanonicalJson(controlsEscaped);
    json.value(object);
    return json.out.toString().getBytes(UTF_8);
  }

  private void value(Object value) {
    if (value instanceof Map<?, ?> map) {
      object(map);
    } else if (value instanceof List<?> list) {
      array(list);
    } else if (value instanceof String string) {
      string(string);
    } else if (isPlain(value)) {
      out.append(value);
    } else {
      throw new IllegalArgumentException(
          value.getClass() + " (expected: string, whole number, boolean, null, list or map)");
    }
  }

  private static boolean isPlain(Object value) {
    return value instanceof Long
        || value instanceof Integer
        || value instanceof Boolean
        || value == JsonNull.NULL;
  }

  private void object(Map<?, ?> map) {
    Map<String, Object> sorted = new TreeMap<>(BY_CODE_POINT);
    map.forEach((name, value) -> sorted.put((String) name, value));
    char before = '{';
    for (Map.Entry<String, Object> field : sorted.entrySet()) {
      out.append(before);
      before = ',';
      string(field.getKey());
      out.append(':');
      value(field.getValue());
    }
    out.append(sorted.isEmpty() ? "{}" : "}");
  }

  private void array(List<?> list) {
    out.append('[');
    for (int i = 0; i < list.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      value(list.get(i));
    }
    out.append(']');
  }

  private void string(String string) {
    out.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' && controlsEscaped) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
