package org.tidegate.publish;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tidegate.sync.json.CanonicalJson;

/**
 * A key that signs metadata, as its file has it: the public half, and either the private one
 * (perhaps encrypted), or the command of an external signer, or nothing. Immutable.
 */
final class SigningKey {
  private static final Pattern COMMAND = Pattern.compile("(?m)^Sign-With: *(\\S.*)$");

  private final KeyScheme scheme;
  private final byte[] encodedPublic;
  private final byte[] file;

  private SigningKey(byte[] encodedPublic, byte[] file) throws PublishException {
    this.scheme = KeyScheme.of(encodedPublic);
    this.encodedPublic = encodedPublic;
    this.file = file;
  }

  static SigningKey generate(@Nullable Passphrase passphrase) {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      byte[] secret = pair.getPrivate().getEncoded();
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      file.write(
          passphrase == null
              ? Pem.section(Pem.PRIVATE, secret)
              : Pem.section(Pem.ENCRYPTED, passphrase.encrypt(secret)));
      file.write(Pem.section(Pem.PUBLIC, pair.getPublic().getEncoded()));
      return read(file.toByteArray());
    } catch (GeneralSecurityException | IOException | PublishException e) {
      throw new IllegalStateException("every platform from Java 15 on has Ed25519", e);
    }
  }

  static SigningKey read(byte[] file) throws PublishException {
    Optional<byte[]> encodedPublic = Pem.find(new String(file, US_ASCII), Pem.PUBLIC);
    if (encodedPublic.isEmpty()) {
      throw new PublishException("a key file is damaged (expected: a PUBLIC KEY in PEM)");
    }
    return new SigningKey(encodedPublic.get(), file);
  }

  byte[] file() {
    return file.clone();
  }

  Map<String, Object> metadata() {
    return scheme.metadata(encodedPublic);
  }

  /** The SHA-256 of the canonical form of {@link #metadata}. */
  String id() {
    return sha256(CanonicalJson.message(metadata()));
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Whether there is more than the public half. */
  boolean canSign() {
    String text = text();
    return text.contains(Pem.PRIVATE) || COMMAND.matcher(text).find();
  }

  /**
   * Signs.
   *
   * @throws PublishException where the private half cannot be used
   */
  Map<String, String> sign(byte[] message, @Nullable Passphrase passphrase)
      throws IOException, PublishException {
    Matcher command = COMMAND.matcher(text());
    byte[] signature =
        command.find()
            ? ExternalSigner.sign(command.group(1), message)
            : sign(secret(passphrase), message);
    if (!scheme.verify(encodedPublic, message, signature)) {
      throw new PublishException("a key's two halves do not belong together");
    }
    return Map.of("keyid", id(), "sig", HexFormat.of().formatHex(signature));
  }

  private byte[] sign(byte[] secret, byte[] message) throws PublishException {
    try {
      PrivateKey key =
          KeyFactory.getInstance(scheme.keys()).generatePrivate(new PKCS8EncodedKeySpec(secret));
      Signature signature = scheme.signature();
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new PublishException("a key file is damaged");
    }
  }

  private byte[] secret(@Nullable Passphrase passphrase) throws PublishException {
    String text = text();
    Optional<byte[]> encrypted = Pem.find(text, Pem.ENCRYPTED);
    if (encrypted.isPresent()) {
      if (passphrase == null) {
        throw new PublishException("a key file is encrypted (expected: --passphrase-file)");
      }
      return passphrase.decrypt(encrypted.get());
    }
    return Pem.find(text, Pem.PRIVATE)
        .orElseThrow(() -> new PublishException("a key file has no private half"));
  }

  private String text() {
    return new String(file, US_ASCII);
  }

  @Override
  public String toString() {
    return "SigningKey[" + id() + "]";
  }
}
