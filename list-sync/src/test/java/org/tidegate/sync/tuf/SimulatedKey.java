package org.tidegate.sync.tuf;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.tidegate.sync.json.CanonicalJson;

/** A signer of any kind that the specification names. */
record SimulatedKey(
    KeyPair pair, String keyType, String scheme, int salt, Map<String, Object> more) {

  static SimulatedKey ed25519() {
    return generate("Ed25519", 0, "ed25519", "ed25519", 0);
  }

  static SimulatedKey ecdsa() {
    return generate("EC", 256, "ecdsa", "ecdsa-sha2-nistp256", 0);
  }

  static SimulatedKey of(String scheme) {
    return switch (scheme) {
      case "ed25519" -> ed25519();
      case "ecdsa-sha2-nistp256" -> ecdsa();
      case "ecdsa-sha2-nistp384" -> generate("EC", 384, "ecdsa", scheme, 0);
      default -> rsa(scheme, 32);
    };
  }

  static SimulatedKey rsa(String scheme, int salt) {
    return generate("RSA", 2048, "rsa", scheme, salt);
  }

  private static SimulatedKey generate(
      String algorithm, int bits, String keyType, String scheme, int salt) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (bits > 0) {
        generator.initialize(bits);
      }
      return new SimulatedKey(generator.generateKeyPair(), keyType, scheme, salt, Map.of());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same key with fields of its own in its metadata. */
  SimulatedKey with(Map<String, Object> fields) {
    return new SimulatedKey(pair, keyType, scheme, salt, fields);
  }

  Map<String, Object> metadata() {
    Map<String, Object> fields = new HashMap<>(more);
    fields.put("keytype", keyType);
    fields.put("scheme", scheme);
    fields.put("keyval", Map.of("public", publicText()));
    return fields;
  }

  private String publicText() {
    byte[] encoded = pair.getPublic().getEncoded();
    return keyType.equals("ed25519")
        ? HexFormat.of().formatHex(encoded, 12, encoded.length)
        : "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
            + "\n-----END PUBLIC KEY-----\n";
  }

  String id() {
    return Digest.sha256(CanonicalJson.message(metadata()));
  }

  String sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance(algorithm());
      if (scheme.startsWith("rsassa-pss")) {
        signature.setParameter(
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, salt, 1));
      }
      signature.initSign(pair.getPrivate());
      signature.update(message);
      return HexFormat.of().formatHex(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A signature of this key's, under another message. */
  String wrongSignature() {
    return sign("another message".getBytes(UTF_8));
  }

  private String algorithm() {
    return switch (scheme) {
      case "ed25519" -> "Ed25519";
      case "ecdsa-sha2-nistp256" -> "SHA256withECDSA";
      case "ecdsa-sha2-nistp384" -> "SHA384withECDSA";
      case "rsa-pkcs1v15-sha256" -> "SHA256withRSA";
      default -> "RSASSA-PSS";
    };
  }
}
