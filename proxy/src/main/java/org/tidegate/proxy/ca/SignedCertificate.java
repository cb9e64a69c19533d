package org.tidegate.proxy.ca;

import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Signs what was put together, with Java's own cryptography. */
final class SignedCertificate {
  /** RFC 5280 §4.1.2.2 allows 20 octets; unpredictable ones keep forged twins out. */
  private static final int SERIAL_BITS = 127;

  private static final SecureRandom RANDOM = new SecureRandom();

  private SignedCertificate() {}

  static BigInteger newSerial() {
    return new BigInteger(SERIAL_BITS, RANDOM).setBit(SERIAL_BITS);
  }

  static X509Certificate of(X509v3CertificateBuilder unsigned, PrivateKey key) {
    String algorithm = key instanceof ECKey ? "SHA256withECDSA" : "SHA256withRSA";
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(unsigned.build(new JcaContentSignerBuilder(algorithm).build(key)));
    } catch (OperatorCreationException | CertificateException e) {
      throw new IllegalStateException("a key that was tried does not sign", e);
    }
  }
}
