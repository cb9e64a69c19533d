package org.tidegate.sync.tuf;

import dev.sigstore.tuf.encryption.Verifier;
import dev.sigstore.tuf.model.Key;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Objects;

/**
 * Ed25519, by the platform. A key that is none, or of another kind, verifies nothing: no exception,
 * which sigstore would log.
 */
final class Ed25519Keys {
  /** What stands before the 32 bytes in a SubjectPublicKeyInfo (RFC 8410 §4). */
  private static final String PREFIX = "302a300506032b6570032100";

  private Ed25519Keys() {}

  static Verifier verifier(Key key) {
    return (message, signature) -> verify(key, message, signature);
  }

  private static boolean verify(Key key, byte[] message, byte[] signature) {
    if (!"ed25519".equals(key.getKeyType()) || !"ed25519".equals(key.getScheme())) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(parse(Objects.toString(key.getKeyVal().get("public"))));
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  private static PublicKey parse(String hex) throws GeneralSecurityException {
    byte[] encoded = HexFormat.of().parseHex(PREFIX + hex);
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }
}
