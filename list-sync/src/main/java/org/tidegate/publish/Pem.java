package org.tidegate.publish;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;
import java.util.Optional;

/** Sections of text around DER (RFC 7468). */
final class Pem {
  static final String PRIVATE = "PRIVATE KEY";
  static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";
  static final String PUBLIC = "PUBLIC KEY";
  private static final Base64.Encoder BASE_64 = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private Pem() {}

  static byte[] section(String label, byte[] der) {
    return (begin(label) + "\n" + BASE_64.encodeToString(der) + "\n" + end(label) + "\n")
        .getBytes(US_ASCII);
  }

  /** What the first section of that label holds. */
  static Optional<byte[]> find(String text, String label) throws PublishException {
    int from = text.indexOf(begin(label));
    int to = text.indexOf(end(label));
    if (from < 0 || to < from) {
      return Optional.empty();
    }
    try {
      String base64 = text.substring(from + begin(label).length(), to).strip();
      return Optional.of(Base64.getMimeDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw new PublishException("a key file is damaged");
    }
  }

  private static String begin(String label) {
    return "-----BEGIN " + label + "-----";
  }

  private static String end(String label) {
    return "-----END " + label + "-----";
  }
}
