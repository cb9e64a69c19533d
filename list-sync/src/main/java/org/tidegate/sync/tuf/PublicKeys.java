package org.tidegate.sync.tuf;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.tidegate.sync.json.JsonException;
import org.tidegate.sync.json.JsonObject;

/**
 * Verifies by the schemes of the specification (§4.2.2) with the platform's cryptography. A key of
 * another kind, or none at all, verifies nothing and harms nobody: the threshold decides.
 */
final class PublicKeys {
  /** What stands before the 32 bytes in a SubjectPublicKeyInfo (RFC 8410 §4). */
  private static final String ED25519_PREFIX = "302a300506032b6570032100";

  private static final Map<String, Scheme> SCHEMES =
      Map.of(
          "ed25519", new Scheme("Ed25519", "Ed25519", 0),
          "ecdsa-sha2-nistp256", new Scheme("EC", "SHA256withECDSA", 0),
          "ecdsa-sha2-nistp384", new Scheme("EC", "SHA384withECDSA", 0),
          "rsassa-pss-sha256", new Scheme("RSA", "RSASSA-PSS", 256),
          "rsassa-pss-sha384", new Scheme("RSA", "RSASSA-PSS", 384),
          "rsassa-pss-sha512", new Scheme("RSA", "RSASSA-PSS", 512),
          "rsa-pkcs1v15-sha256", new Scheme("RSA", "SHA256withRSA", 0),
          "rsa-pkcs1v15-sha384", new Scheme("RSA", "SHA384withRSA", 0),
          "rsa-pkcs1v15-sha512", new Scheme("RSA", "SHA512withRSA", 0));

  /**
   * @param pssBits of the hash; 0 where there is no PSS padding
   */
  private record Scheme(String keys, String signatures, int pssBits) {}

  private PublicKeys() {}

  /** The key itself, whatever it is called: by it, signers are counted. */
  static String identity(JsonObject key) throws JsonException {
    String text = key.object("keyval").string("public");
    return find(key).map(found -> HexFormat.of().formatHex(found.getEncoded())).orElse(text);
  }

  /** Whether the signature, in hexadecimal, is that key's under the message. */
  static boolean verify(JsonObject key, byte[] message, String signature) {
    try {
      Scheme scheme = SCHEMES.get(key.string("scheme"));
      Optional<PublicKey> found = find(key);
      return scheme != null
          && found.isPresent()
          && verify(scheme, found.get(), message, HexFormat.of().parseHex(signature));
    } catch (JsonException | IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean verify(Scheme scheme, PublicKey key, byte[] message, byte[] signature) {
    if (scheme.pssBits == 0) {
      return verify(scheme, key, message, signature, -1);
    }
    // Signers put in as much salt as the hash has bytes, or as much as fits.
    int hash = scheme.pssBits / 8;
    int most = (((RSAKey) key).getModulus().bitLength() + 6) / 8 - hash - 2;
    return verify(scheme, key, message, signature, hash)
        || (most >= 0 && most != hash && verify(scheme, key, message, signature, most));
  }

  private static boolean verify(
      Scheme scheme, PublicKey key, byte[] message, byte[] signature, int salt) {
    try {
      Signature verifier = Signature.getInstance(scheme.signatures);
      if (salt >= 0) {
        String hash = "SHA-" + scheme.pssBits;
        verifier.setParameter(
            new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), salt, 1));
      }
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static Optional<PublicKey> find(JsonObject key) {
    try {
      Scheme scheme = SCHEMES.get(key.string("scheme"));
      String text = key.object("keyval").string("public");
      if (scheme == null || !isOf(key.string("keytype"), scheme)) {
        return Optional.empty();
      }
      byte[] encoded =
          scheme.keys.equals("Ed25519")
              ? HexFormat.of().parseHex(ED25519_PREFIX + text)
              : fromPem(text);
      return Optional.of(
          KeyFactory.getInstance(scheme.keys).generatePublic(new X509EncodedKeySpec(encoded)));
    } catch (JsonException | GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Older repositories give an ECDSA key the name of its scheme. */
  private static boolean isOf(String keyType, Scheme scheme) {
    return switch (scheme.keys) {
      case "Ed25519" -> keyType.equals("ed25519");
      case "EC" -> keyType.equals("ecdsa") || keyType.startsWith("ecdsa-sha2-nistp");
      default -> keyType.equals("rsa");
    };
  }

  private static byte[] fromPem(String pem) {
    String base64 =
        pem.strip()
            .replace("-----BEGIN PUBLIC KEY-----", "")
            .replace("-----END PUBLIC KEY-----", "")
            .replaceAll("\\s", "");
    return Base64.getDecoder().decode(base64);
  }
}
