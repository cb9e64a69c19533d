package org.tidegate.publish;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;

/**
 * Encrypts key files as PKCS #8 has it (PBES2: PBKDF2 with HMAC-SHA-256, AES-256), so that other
 * tools read them.
 */
public final class Passphrase {
  private static final String ALGORITHM = "PBEWithHmacSHA256AndAES_256";
  private static final int ITERATIONS = 210_000;
  private static final int SALT = 16;
  private static final int MAX_LENGTH = 1000;

  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 4;

  /** The OID 1.2.840.113549.1.5.13. */
  private static final byte[] PBES2 = HexFormat.of().parseHex("06092a864886f70d01050d");

  private final char[] characters;

  private Passphrase(char[] characters) {
    this.characters = characters;
  }

  /**
   * The first line of a file.
   *
   * @throws PublishException where there is none, or the platform could not use it
   */
  public static Passphrase read(Path file) throws IOException, PublishException {
    String text = Files.size(file) > MAX_LENGTH ? "" : Files.readString(file);
    Optional<String> line = text.lines().findFirst();
    if (line.isEmpty() || !line.get().matches("[ -~]+")) {
      throw new PublishException("no passphrase (expected: a line of printable ASCII)");
    }
    return new Passphrase(line.get().toCharArray());
  }

  byte[] encrypt(byte[] secret) {
    try {
      byte[] salt = new byte[SALT];
      new SecureRandom().nextBytes(salt);
      Cipher cipher = Cipher.getInstance(ALGORITHM);
      cipher.init(Cipher.ENCRYPT_MODE, key(ALGORITHM), new PBEParameterSpec(salt, ITERATIONS));
      byte[] encrypted = cipher.doFinal(secret);
      return encoded(cipher.getParameters().getEncoded(), encrypted);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the platform has " + ALGORITHM, e);
    }
  }

  /**
   * RFC 5958 §3. The platform's own writing of it does not know the name of its own algorithm, and
   * its parameters come with or without the OID before them.
   */
  private static byte[] encoded(byte[] parameters, byte[] encrypted) {
    boolean hasOid = Arrays.equals(parameters, 2, 2 + PBES2.length, PBES2, 0, PBES2.length);
    byte[] algorithm = hasOid ? parameters : der(SEQUENCE, PBES2, parameters);
    return der(SEQUENCE, algorithm, der(OCTET_STRING, encrypted));
  }

  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream der = new ByteArrayOutputStream();
    der.write(tag);
    if (content.size() > 0xFF) {
      der.write(0x82);
      der.write(content.size() >> 8);
    } else if (content.size() > 0x7F) {
      der.write(0x81);
    }
    der.write(content.size());
    der.writeBytes(content.toByteArray());
    return der.toByteArray();
  }

  byte[] decrypt(byte[] encoded) throws PublishException {
    try {
      EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encoded);
      AlgorithmParameters parameters = info.getAlgParameters();
      // The name of a PBES2 scheme stands in its parameters only.
      String name = parameters.toString();
      Cipher cipher = Cipher.getInstance(name);
      cipher.init(Cipher.DECRYPT_MODE, key(name), parameters);
      return cipher.doFinal(info.getEncryptedData());
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      throw new PublishException("the passphrase does not open a key file");
    }
  }

  private SecretKey key(String algorithm) throws GeneralSecurityException {
    return SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(characters));
  }

  @Override
  public String toString() {
    return "Passphrase";
  }
}
