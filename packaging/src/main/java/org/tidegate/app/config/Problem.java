package org.tidegate.app.config;

/**
 * Something wrong with the configuration.
 *
 * @param place {@code FILE:LINE:COLUMN}, or the name of an environment variable
 * @param key its path, or nothing where the text has none
 * @param what what was found, and in brackets what was expected
 */
public record Problem(String place, String key, String what) {

  /** One line. */
  @Override
  public String toString() {
    return place + ": " + (key.isEmpty() ? "" : key + ": ") + what;
  }
}
