package org.tidegate.sync.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON object. Strict, so that no two readers can understand it differently: UTF-8, no
 * name twice in an object, nothing after the end, and bounded depth.
 */
public final class Json {
  private static final int MAX_DEPTH = 32;

  private final JsonReader reader;

  private Json(JsonReader reader) {
    this.reader = reader;
  }

  /** The object that these bytes are. */
  public static JsonObject parse(byte[] bytes) throws JsonException {
    String text = text(bytes);
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      if (reader.peek() != JsonToken.BEGIN_OBJECT) {
        throw new JsonException("no JSON object", false);
      }
      Map<String, Object> object = new Json(reader).object(1);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new JsonException("something after the JSON object", false);
      }
      return new JsonObject(object);
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      throw new JsonException("no JSON", isUnended(text));
    }
  }

  /** Whether an object, or a string in it, begins and has no end. */
  private static boolean isUnended(String text) {
    int depth = 0;
    boolean inString = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (inString) {
        i += c == '\\' ? 1 : 0;
        inString = c != '"';
      } else if (c == '"') {
        inString = true;
      } else if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
      }
    }
    return text.isEmpty() || inString || depth > 0;
  }

  private static String text(byte[] bytes) throws JsonException {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new JsonException("no UTF-8", false);
    }
  }

  private Map<String, Object> object(int depth) throws IOException, JsonException {
    Map<String, Object> object = new LinkedHashMap<>();
    reader.beginObject();
    while (reader.hasNext()) {
      String name = reader.nextName();
      if (object.put(name, value(depth + 1)) != null) {
        throw new JsonException("a name stands twice in one object", false);
      }
    }
    reader.endObject();
    return object;
  }

  private List<Object> array(int depth) throws IOException, JsonException {
    List<Object> array = new ArrayList<>();
    reader.beginArray();
    while (reader.hasNext()) {
      array.add(value(depth + 1));
    }
    reader.endArray();
    return array;
  }

  private Object value(int depth) throws IOException, JsonException {
    if (depth > MAX_DEPTH) {
      throw new JsonException("JSON nested too deeply", false);
    }
    return switch (reader.peek()) {
      case BEGIN_OBJECT -> object(depth);
      case BEGIN_ARRAY -> array(depth);
      case STRING -> reader.nextString();
      case BOOLEAN -> reader.nextBoolean();
      case NULL -> nothing();
      case NUMBER -> number(reader.nextString());
      default -> throw new JsonException("a value that has no place here", false);
    };
  }

  private Object nothing() throws IOException {
    reader.nextNull();
    return JsonNull.NULL;
  }

  private static Object number(String digits) {
    return digits.matches("-?[0-9]{1,18}") ? (Object) Long.valueOf(digits) : Double.valueOf(digits);
  }
}
