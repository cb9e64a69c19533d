package org.tidegate.proxy;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.tidegate.proxy.ca.KeyPairs;

/** An authority that is trusted, and signs in any way that it is told to. */
final class WeakAuthority {
  private static final X500Name NAME = new X500Name("CN=weak");
  private static final KeyPair KEYS = KeyPairs.ecdsa();

  private WeakAuthority() {}

  static X509Certificate root() {
    return issue(NAME, KEYS.getPublic(), "SHA256withECDSA", Extension.basicConstraints);
  }

  /** A certificate for a host, signed in this way. */
  static X509Certificate leaf(String host, PublicKey key, String algorithm) {
    return issue(new X500Name("CN=" + host), key, algorithm, Extension.subjectAlternativeName);
  }

  private static X509Certificate issue(
      X500Name subject, PublicKey key, String algorithm, ASN1ObjectIdentifier extension) {
    Instant now = Instant.now();
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              NAME,
              BigInteger.valueOf(now.toEpochMilli()),
              Date.from(now.minus(Duration.ofDays(1))),
              Date.from(now.plus(Duration.ofDays(1))),
              subject,
              key);
      String host = subject.toString().substring("CN=".length());
      builder.addExtension(
          extension,
          true,
          extension.equals(Extension.basicConstraints)
              ? new BasicConstraints(true)
              : new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(new JcaContentSignerBuilder(algorithm).build(KEYS.getPrivate())));
    } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
