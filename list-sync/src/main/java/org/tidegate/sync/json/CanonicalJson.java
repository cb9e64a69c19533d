package org.tidegate.sync.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes JSON in its one canonical form (OLPC Canonical JSON, as TUF signs it): names sorted, no
 * space. Control characters, which OLPC leaves raw and JSON forbids, are escaped; signed metadata
 * holds none.
 */
public final class CanonicalJson {
  private final StringBuilder out = new StringBuilder();

  private CanonicalJson() {}

  /** The bytes of a map of strings, whole numbers, booleans, lists and maps. */
  public static byte[] bytes(Map<String, ?> object) {
    CanonicalJson json = new CanonicalJson();
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
    } else if (value instanceof Long || value instanceof Integer || value instanceof Boolean) {
      out.append(value);
    } else {
      throw new IllegalArgumentException(
          value.getClass() + " (expected: string, whole number, boolean, list or map)");
    }
  }

  private void object(Map<?, ?> map) {
    Map<String, Object> sorted = new TreeMap<>();
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
      } else if (c < ' ') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
