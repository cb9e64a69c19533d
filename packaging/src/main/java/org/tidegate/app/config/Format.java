package org.tidegate.app.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How a value is written.
 *
 * @param expected for the message about one that is not
 * @param parse the value of a text, nothing where it is none
 */
record Format<T>(String expected, Function<String, @Nullable T> parse) {

  /** A word. */
  static <T> Format<T> word(String word, T value) {
    return word(Map.of(word, value));
  }

  /** One of two words. */
  static <T> Format<T> word(String one, T oneValue, String two, T twoValue) {
    Map<String, T> words = new LinkedHashMap<>();
    words.put(one, oneValue);
    words.put(two, twoValue);
    return word(words);
  }

  /** One of three words. */
  static <T> Format<T> word(
      String one, T oneValue, String two, T twoValue, String three, T threeValue) {
    Map<String, T> words = new LinkedHashMap<>();
    words.put(one, oneValue);
    words.put(two, twoValue);
    words.put(three, threeValue);
    return word(words);
  }

  /** One of some words. */
  static <T> Format<T> word(Map<String, T> words) {
    return new Format<>(String.join(" or ", words.keySet()), words::get);
  }

  /** The same, within bounds. */
  Format<T> where(String bounds, Predicate<T> holds) {
    return new Format<>(
        expected + bounds,
        text -> {
          T value = parse.apply(text);
          return value != null && holds.test(value) ? value : null;
        });
  }
}
