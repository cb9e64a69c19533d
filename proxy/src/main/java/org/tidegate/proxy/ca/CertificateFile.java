package org.tidegate.proxy.ca;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads certificates. Stateless; needs nothing but the platform, unlike what reads keys. */
public final class CertificateFile {
  private CertificateFile() {}

  /** Reads all certificates of a PEM file. */
  public static List<X509Certificate> read(Path file) throws IOException, AuthorityException {
    byte[] bytes = Files.readAllBytes(file);
    List<X509Certificate> all = new ArrayList<>();
    try {
      for (Certificate one :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes))) {
        all.add((X509Certificate) one);
      }
    } catch (CertificateException e) {
      throw new AuthorityException(file + ": not readable (expected: certificates in PEM)");
    }
    if (all.isEmpty()) {
      throw new AuthorityException(file + ": no certificate (expected: certificates in PEM)");
    }
    return all;
  }
}
