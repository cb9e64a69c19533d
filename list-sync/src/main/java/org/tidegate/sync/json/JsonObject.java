package org.tidegate.sync.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A JSON object that was read; asking for a field that is not there, or is another, fails. */
public record JsonObject(Map<String, Object> fields) {

  /** The names of its fields, in their order. */
  public Set<String> names() {
    return fields.keySet();
  }

  /** Whether it has a field of that name. */
  public boolean has(String name) {
    return fields.containsKey(name);
  }

  public String string(String name) throws JsonException {
    return get(name, String.class);
  }

  public long number(String name) throws JsonException {
    return get(name, Long.class);
  }

  public boolean bool(String name) throws JsonException {
    return get(name, Boolean.class);
  }

  /** A time as ISO 8601 with Z. */
  public Instant time(String name) throws JsonException {
    try {
      return Instant.parse(string(name));
    } catch (DateTimeException e) {
      throw unexpected(name);
    }
  }

  public JsonObject object(String name) throws JsonException {
    return object(get(name, Map.class), name);
  }

  public List<String> strings(String name) throws JsonException {
    List<String> strings = new ArrayList<>();
    for (Object element : get(name, List.class)) {
      if (!(element instanceof String string)) {
        throw unexpected(name);
      }
      strings.add(string);
    }
    return strings;
  }

  public List<JsonObject> objects(String name) throws JsonException {
    List<JsonObject> objects = new ArrayList<>();
    for (Object element : get(name, List.class)) {
      objects.add(object(element, name));
    }
    return objects;
  }

  // Every map that Json makes has strings as its names.
  @SuppressWarnings("unchecked")
  private static JsonObject object(Object value, String name) throws JsonException {
    if (!(value instanceof Map)) {
      throw unexpected(name);
    }
    return new JsonObject((Map<String, Object>) value);
  }

  private <T> T get(String name, Class<T> type) throws JsonException {
    Object value = fields.get(name);
    if (!type.isInstance(value)) {
      throw unexpected(name);
    }
    return type.cast(value);
  }

  private static JsonException unexpected(String name) {
    return new JsonException("field " + name + " is missing or of another kind", false);
  }

  @Override
  public String toString() {
    return "JsonObject" + names();
  }
}
