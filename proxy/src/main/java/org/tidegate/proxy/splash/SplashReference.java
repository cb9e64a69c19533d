package org.tidegate.proxy.splash;

import java.security.SecureRandom;

/**
 * The short random text that stands on a splash page and in its block event, so that an appeal can
 * be matched without an address or URL. It holds nothing but chance (47 bits): no time, client or
 * entry can be read from it.
 */
public final class SplashReference {
  static final int LENGTH = 10;

  /** No vowel, so that no word appears; no character that is easily misread for another. */
  static final String ALPHABET = "23456789BCDFGHJKMNPQRTVWXYZ";

  private static final SecureRandom RANDOM = new SecureRandom();

  private final String text;

  SplashReference(String text) {
    this.text = text;
  }

  public static SplashReference random() {
    long rest = RANDOM.nextLong();
    StringBuilder text = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      text.append(ALPHABET.charAt((int) Long.remainderUnsigned(rest, ALPHABET.length())));
      rest = Long.divideUnsigned(rest, ALPHABET.length());
    }
    return new SplashReference(text.toString());
  }

  /** Ten upper-case letters and digits. */
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return text;
  }
}
