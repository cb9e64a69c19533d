package org.tidegate.proxy.ca;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An operator's certificate authority, with its private key. Immutable, safe for many threads;
 * discloses nothing of the key.
 */
public final class CertificateAuthority {
  /** How long a leaf certificate is valid once it was issued. */
  public static final Duration LEAF_VALIDITY = Duration.ofDays(7);

  /** How far back a certificate's validity begins: clocks of devices are often behind. */
  static final Duration BACKDATED = Duration.ofDays(2);

  private static final int KEY_CERT_SIGN = 5;

  private final List<X509Certificate> chain;
  private final PrivateKey key;
  private final LeafIssuer issuer;

  private CertificateAuthority(List<X509Certificate> chain, PrivateKey key) {
    this.chain = List.copyOf(chain);
    this.key = key;
    this.issuer = new LeafIssuer(chain.get(0), key);
  }

  /**
   * Makes a new one: a self-signed certificate over a new ECDSA key on P-256.
   *
   * @param name the common name, which people see where they install or inspect it
   */
  public static CertificateAuthority create(String name, Duration lifetime, Instant now) {
    KeyPair pair = KeyPairs.ecdsa();
    X509Certificate root = RootCertificate.of(name, pair, now.minus(BACKDATED), now.plus(lifetime));
    return new CertificateAuthority(List.of(root), pair.getPrivate());
  }

  /**
   * Takes over one that exists.
   *
   * @param chain its own certificate first, then those that lead to the root, if there are any
   * @throws AuthorityException if it could not issue what a client accepts
   */
  public static CertificateAuthority of(List<X509Certificate> chain, PrivateKey key, Instant now)
      throws AuthorityException {
    if (chain.isEmpty()) {
      throw new AuthorityException("no certificate (expected: that of the authority)");
    }
    X509Certificate own = chain.get(0);
    requireAuthority(own);
    if (now.isBefore(own.getNotBefore().toInstant())) {
      throw new AuthorityException("a certificate that is not valid yet (expected: a valid one)");
    }
    if (now.isAfter(own.getNotAfter().toInstant())) {
      throw new AuthorityException("a certificate that has expired (expected: a valid one)");
    }
    if (!belongTogether(own.getPublicKey(), key)) {
      throw new AuthorityException("a key of another certificate (expected: the key of this one)");
    }
    return new CertificateAuthority(chain, key);
  }

  private static void requireAuthority(X509Certificate own) throws AuthorityException {
    boolean[] usage = own.getKeyUsage();
    if (own.getBasicConstraints() < 0 || (usage != null && !usage[KEY_CERT_SIGN])) {
      throw new AuthorityException(
          "a certificate that may not issue others (expected: one of a certificate authority)");
    }
  }

  private static boolean belongTogether(PublicKey published, PrivateKey key) {
    byte[] probe = new byte[32];
    new SecureRandom().nextBytes(probe);
    String algorithm = key instanceof ECKey ? "SHA256withECDSA" : "SHA256with" + key.getAlgorithm();
    try {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(probe);
      byte[] signature = signing.sign();
      Signature verifying = Signature.getInstance(algorithm);
      verifying.initVerify(published);
      verifying.update(probe);
      return verifying.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** Its certificate: the one to be installed on devices, unless it has a root of its own. */
  public X509Certificate certificate() {
    return chain.get(0);
  }

  /**
   * Issues a server certificate.
   *
   * @param host a name, or an address: IPv4 dotted, IPv6 in brackets
   * @return the certificate and what leads from it towards the root, without the root itself
   */
  public List<X509Certificate> issue(String host, PublicKey leafKey, Instant now) {
    List<X509Certificate> issued = new ArrayList<>();
    issued.add(issuer.issue(host, leafKey, now.minus(BACKDATED), now.plus(LEAF_VALIDITY)));
    for (X509Certificate link : chain) {
      if (!link.getSubjectX500Principal().equals(link.getIssuerX500Principal())) {
        issued.add(link);
      }
    }
    return issued;
  }

  PrivateKey key() {
    return key;
  }

  /** Discloses nothing. */
  @Override
  public String toString() {
    return "CertificateAuthority";
  }
}
