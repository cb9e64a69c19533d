package org.tidegate.proxy.ca;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/** Makes new keys of the two kinds that every client knows. */
public final class KeyPairs {
  private static final int RSA_BITS = 2048;

  private KeyPairs() {}

  /** On P-256, which clients of TLS must know (RFC 8446 §9.1). */
  public static KeyPair ecdsa() {
    return generate("EC", new ECGenParameterSpec("secp256r1"));
  }

  public static KeyPair rsa() {
    return generate("RSA", new RSAKeyGenParameterSpec(RSA_BITS, RSAKeyGenParameterSpec.F4));
  }

  private static KeyPair generate(String algorithm, AlgorithmParameterSpec parameters) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(parameters);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("RSA and P-256 are part of every Java platform", e);
    }
  }
}
