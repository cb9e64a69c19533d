package org.tidegate.publish;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/** A kind of signing key, as TUF names it and as the platform does (specification §4.2.2). */
enum KeyScheme {
  ED25519("ed25519", "ed25519", "Ed25519", "Ed25519"),
  ECDSA_P256("ecdsa", "ecdsa-sha2-nistp256", "EC", "SHA256withECDSA"),
  RSA_PSS("rsa", "rsassa-pss-sha256", "RSA", "RSASSA-PSS");

  /** Of a SubjectPublicKeyInfo, all before an Ed25519 key itself (RFC 8410 §4). */
  private static final String ED25519_START = "302a300506032b6570032100";

  private static final int ED25519_PREFIX = ED25519_START.length() / 2;

  private static final int P256_BITS = 256;

  private final String keyType;
  private final String scheme;
  private final String keys;
  private final String signatures;

  KeyScheme(String keyType, String scheme, String keys, String signatures) {
    this.keyType = keyType;
    this.scheme = scheme;
    this.keys = keys;
    this.signatures = signatures;
  }

  /** The kind of this SubjectPublicKeyInfo. */
  static KeyScheme of(byte[] encodedPublic) throws PublishException {
    for (KeyScheme scheme : values()) {
      try {
        PublicKey key = scheme.publicKey(encodedPublic);
        if (!(key instanceof ECKey curve)
            || curve.getParams().getOrder().bitLength() == P256_BITS) {
          return scheme;
        }
      } catch (GeneralSecurityException e) {
        // another kind
      }
    }
    throw new PublishException("a public key of another kind (expected: Ed25519, P-256 or RSA)");
  }

  /** As TUF's metadata states a key (specification §4.2.3). */
  Map<String, Object> metadata(byte[] encodedPublic) {
    String text =
        this == ED25519
            ? HexFormat.of()
                .formatHex(Arrays.copyOfRange(encodedPublic, ED25519_PREFIX, encodedPublic.length))
            : new String(Pem.section(Pem.PUBLIC, encodedPublic), US_ASCII);
    return Map.of("keytype", keyType, "scheme", scheme, "keyval", Map.of("public", text));
  }

  /** Whether that is the signature of a key as metadata states it. */
  static boolean verify(String scheme, String text, byte[] message, String signature)
      throws PublishException {
    try {
      byte[] encoded =
          scheme.equals(ED25519.scheme)
              ? HexFormat.of().parseHex(ED25519_START + text)
              : Pem.find(text, Pem.PUBLIC).orElse(new byte[0]);
      for (KeyScheme known : values()) {
        if (known.scheme.equals(scheme)) {
          return known.verify(encoded, message, HexFormat.of().parseHex(signature));
        }
      }
      return false;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  boolean verify(byte[] encodedPublic, byte[] message, byte[] signature) {
    try {
      Signature verifier = signature();
      verifier.initVerify(publicKey(encodedPublic));
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  String keys() {
    return keys;
  }

  Signature signature() throws GeneralSecurityException {
    Signature signature = Signature.getInstance(signatures);
    if (this == RSA_PSS) {
      signature.setParameter(
          new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    }
    return signature;
  }

  private PublicKey publicKey(byte[] encoded) throws GeneralSecurityException {
    return KeyFactory.getInstance(keys).generatePublic(new X509EncodedKeySpec(encoded));
  }
}
