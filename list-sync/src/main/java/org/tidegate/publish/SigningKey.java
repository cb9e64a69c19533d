package org.tidegate.publish;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.tidegate.sync.json.CanonicalJson;

/** An Ed25519 key that signs metadata. In its file stand both halves, as PEM. Immutable. */
final class SigningKey {
  private static final String PRIVATE = "PRIVATE KEY";
  private static final String PUBLIC = "PUBLIC KEY";
  private static final Base64.Encoder BASE_64 = Base64.getMimeEncoder(64, new byte[] {'\n'});

  /** Of a SubjectPublicKeyInfo, all before the key itself (RFC 8410 §4). */
  private static final int PUBLIC_PREFIX = 12;

  private final PrivateKey secret;
  private final byte[] encodedPublic;

  private SigningKey(PrivateKey secret, byte[] encodedPublic) {
    this.secret = secret;
    this.encodedPublic = encodedPublic;
  }

  static SigningKey generate() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return new SigningKey(pair.getPrivate(), pair.getPublic().getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every platform from Java 15 on has Ed25519", e);
    }
  }

  static SigningKey read(byte[] file) throws PublishException {
    String text = new String(file, US_ASCII);
    try {
      PKCS8EncodedKeySpec secret = new PKCS8EncodedKeySpec(section(text, PRIVATE));
      return new SigningKey(
          KeyFactory.getInstance("Ed25519").generatePrivate(secret), section(text, PUBLIC));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new PublishException("a key file is damaged");
    }
  }

  byte[] file() {
    return (section(PRIVATE, secret.getEncoded()) + section(PUBLIC, encodedPublic))
        .getBytes(US_ASCII);
  }

  /** As TUF's metadata states it (specification §4.2.3). */
  Map<String, Object> metadata() {
    byte[] key = Arrays.copyOfRange(encodedPublic, PUBLIC_PREFIX, encodedPublic.length);
    String hex = HexFormat.of().formatHex(key);
    return Map.of("keytype", "ed25519", "scheme", "ed25519", "keyval", Map.of("public", hex));
  }

  /** The SHA-256 of the canonical form of {@link #metadata}. */
  String id() {
    return sha256(CanonicalJson.bytes(metadata()));
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  Map<String, String> sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(secret);
      signature.update(message);
      return Map.of("keyid", id(), "sig", HexFormat.of().formatHex(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("an Ed25519 key signs", e);
    }
  }

  private static String section(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + BASE_64.encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  private static byte[] section(String text, String label) {
    String begin = "-----BEGIN " + label + "-----";
    int from = text.indexOf(begin);
    int to = text.indexOf("-----END " + label + "-----");
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("no section " + label);
    }
    return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to).strip());
  }

  @Override
  public String toString() {
    return "SigningKey[" + id() + "]";
  }
}
