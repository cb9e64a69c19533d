package org.tidegate.proxy.ca;

import java.io.IOException;
import java.security.KeyPair;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;

/** The self-signed certificate of a new authority (RFC 5280 §4.2.1). */
final class RootCertificate {
  private RootCertificate() {}

  static X509Certificate of(String commonName, KeyPair pair, Instant from, Instant to) {
    X500Name name = new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName).build();
    var unsigned =
        new JcaX509v3CertificateBuilder(
            name,
            SignedCertificate.newSerial(),
            Date.from(from),
            Date.from(to),
            name,
            pair.getPublic());
    try {
      unsigned
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
          .addExtension(
              Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
          .addExtension(
              Extension.subjectKeyIdentifier,
              false,
              new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-1 identifiers are part of every Java platform", e);
    }
    return SignedCertificate.of(unsigned, pair.getPrivate());
  }
}
