package org.tidegate.sync.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @Test
  void readsWhatItWrites() throws JsonException {
    Map<String, Object> object =
        Map.of(
            "text",
            "a \"quoted\" \\ line\n\u0001\u00fc",
            "number",
            4711L,
            "yes",
            true,
            "list",
            List.of("a", "b"),
            "object",
            Map.of("inner", Map.of()));
    assertThat(Json.parse(CanonicalJson.bytes(object)).fields()).isEqualTo(object);
  }

  @Test
  void writesNamesInOrderAndNoSpace() {
    byte[] bytes = CanonicalJson.bytes(Map.of("b", List.of(1, 2), "a", Map.of(), "c", "x\"\\y"));
    assertThat(new String(bytes, UTF_8)).isEqualTo("{\"a\":{},\"b\":[1,2],\"c\":\"x\\\"\\\\y\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "null",
        "{} {}",
        "{\"a\":1,\"a\":2}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1,}",
        "// comment\n{}",
        "{\"a\":NaN}",
      })
  void refusesWhatReadersMightUnderstandDifferently(String text) {
    JsonException e =
        catchThrowableOfType(JsonException.class, () -> Json.parse(text.getBytes(UTF_8)));
    assertThat(e.isTruncated()).isFalse();
  }

  @Test
  void everyBeginningOfAnObjectIsTruncated() {
    byte[] whole = CanonicalJson.bytes(Map.of("a", List.of("b\\"), "c", Map.of("d", 12)));
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      JsonException e = catchThrowableOfType(JsonException.class, () -> Json.parse(part));
      assertThat(e.isTruncated()).as("length %d", length).isTrue();
    }
  }

  @Test
  void refusesDepthAndBadBytes() {
    byte[] deep = "{\"a\":".repeat(100).concat("1").concat("}".repeat(100)).getBytes(UTF_8);
    assertThatThrownBy(() -> Json.parse(deep)).isInstanceOf(JsonException.class);
    byte[] latin = "{\"a\":\"\u00fc\"}".getBytes(ISO_8859_1);
    assertThatThrownBy(() -> Json.parse(latin)).isInstanceOf(JsonException.class);
  }

  @Test
  void tellsTheFieldThatIsWrongAndNotItsValue() throws JsonException {
    JsonObject object = Json.parse("{\"name\":\"secret\"}".getBytes(UTF_8));
    assertThatThrownBy(() -> object.number("name"))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("name")
        .hasMessageNotContaining("secret");
    assertThat(object).hasToString("JsonObject[name]");
  }
}
