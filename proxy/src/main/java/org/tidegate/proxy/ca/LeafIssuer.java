package org.tidegate.proxy.ca;

import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;

/** Issues certificates for one host each, as RFC 5280 and browsers want them. Immutable. */
final class LeafIssuer {
  private static final int MAX_COMMON_NAME = 64;

  private final X500Name issuer;
  private final byte[] keyIdentifier;
  private final PrivateKey key;

  LeafIssuer(X509Certificate authority, PrivateKey key) {
    this.issuer = X500Name.getInstance(authority.getSubjectX500Principal().getEncoded());
    this.keyIdentifier = keyIdentifier(authority);
    this.key = key;
  }

  /** §4.2.1.1: the identifier that the authority's certificate states, which need not be SHA-1. */
  private static byte[] keyIdentifier(X509Certificate authority) {
    byte[] stated = authority.getExtensionValue(Extension.subjectKeyIdentifier.getId());
    if (stated == null) {
      return identifier(authority.getPublicKey()).getKeyIdentifier();
    }
    byte[] extension = ASN1OctetString.getInstance(stated).getOctets();
    return SubjectKeyIdentifier.getInstance(extension).getKeyIdentifier();
  }

  private static SubjectKeyIdentifier identifier(PublicKey key) {
    try {
      return new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-1 is part of every Java platform", e);
    }
  }

  X509Certificate issue(String host, PublicKey leafKey, Instant from, Instant to) {
    boolean named = host.length() <= MAX_COMMON_NAME;
    X500NameBuilder subject = new X500NameBuilder(BCStyle.INSTANCE);
    if (named) {
      subject.addRDN(BCStyle.CN, bare(host));
    }
    var unsigned =
        new JcaX509v3CertificateBuilder(
            issuer,
            SignedCertificate.newSerial(),
            Date.from(from),
            Date.from(to),
            subject.build(),
            leafKey);
    int usage = KeyUsage.digitalSignature;
    if (!(leafKey instanceof ECKey)) {
      usage |= KeyUsage.keyEncipherment;
    }
    try {
      unsigned
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
          .addExtension(Extension.keyUsage, true, new KeyUsage(usage))
          .addExtension(
              Extension.extendedKeyUsage,
              false,
              new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
          // §4.2.1.6: critical where there is no subject
          .addExtension(Extension.subjectAlternativeName, !named, alternativeName(host))
          .addExtension(Extension.subjectKeyIdentifier, false, identifier(leafKey))
          .addExtension(
              Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(keyIdentifier));
    } catch (IOException e) {
      throw new IllegalStateException("an extension that does not encode", e);
    }
    return SignedCertificate.of(unsigned, key);
  }

  private static GeneralNames alternativeName(String host) {
    return new GeneralNames(
        new GeneralName(isAddress(host) ? GeneralName.iPAddress : GeneralName.dNSName, bare(host)));
  }

  /** A canonical host is an address if it is bracketed, or if its last label is a number. */
  private static boolean isAddress(String host) {
    char last = host.charAt(host.length() - 1);
    return last == ']' || (last >= '0' && last <= '9' && host.matches("[0-9]+(\\.[0-9]+){3}"));
  }

  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
