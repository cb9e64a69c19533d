package org.tidegate.proxy.tls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Which certificates of origins are believed: those with a path to an authority in which, as in
 * browsers, nothing is signed by way of SHA-1; what else is too weak the JDK refuses by itself.
 */
final class OriginTrust {
  private OriginTrust() {}

  /**
   * Trusts these.
   *
   * @param authorities those to trust; none for the ones that Java trusts
   */
  static TrustManagerFactory of(List<X509Certificate> authorities) throws GeneralSecurityException {
    Set<TrustAnchor> anchors = new HashSet<>();
    for (X509Certificate authority : authorities.isEmpty() ? javas() : authorities) {
      anchors.add(new TrustAnchor(authority, null));
    }
    PKIXBuilderParameters path = new PKIXBuilderParameters(anchors, new X509CertSelector());
    path.setRevocationEnabled(false);
    path.addCertPathChecker(new NoSha1());
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(new CertPathTrustManagerParameters(path));
    return factory;
  }

  private static List<X509Certificate> javas() throws GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init((KeyStore) null);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager certificates) {
        return List.of(certificates.getAcceptedIssuers());
      }
    }
    return List.of();
  }

  private static final class NoSha1 extends PKIXCertPathChecker {
    @Override
    public void init(boolean forward) {}

    @Override
    public boolean isForwardCheckingSupported() {
      return false;
    }

    @Override
    public @Nullable Set<String> getSupportedExtensions() {
      return null;
    }

    @Override
    public void check(Certificate certificate, Collection<String> unresolved)
        throws CertPathValidatorException {
      if (certificate instanceof X509Certificate signed
          && signed.getSigAlgName().toUpperCase(Locale.ROOT).startsWith("SHA1")) {
        throw new CertPathValidatorException(
            "signed by way of SHA-1",
            null,
            null,
            -1,
            CertPathValidatorException.BasicReason.ALGORITHM_CONSTRAINED);
      }
    }
  }
}
