package org.tidegate.sync;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Authorities and client certificates from files. */
public final class TlsFiles {
  private TlsFiles() {}

  /**
   * A client certificate with its key.
   *
   * @param file PKCS #12
   * @param password the file that holds its password
   */
  public record Client(Path file, Path password) {}

  /**
   * Connections that trust these authorities alone and show that certificate.
   *
   * @param authorities PEM; empty for the platform's
   * @throws GeneralSecurityException where a file does not hold what it should
   */
  public static SSLSocketFactory open(Optional<Path> authorities, Optional<Client> client)
      throws IOException, GeneralSecurityException {
    return context(authorities, client).getSocketFactory();
  }

  /** The same, for whoever makes connections in another way. */
  public static SSLContext context(Optional<Path> authorities, Optional<Client> client)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    TrustManager @Nullable [] trusted = authorities.isPresent() ? trusted(authorities.get()) : null;
    KeyManager @Nullable [] keys = client.isPresent() ? keys(client.get()) : null;
    context.init(keys, trusted, null);
    return context;
  }

  private static TrustManager[] trusted(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    int count = 0;
    try (InputStream in = Files.newInputStream(file)) {
      for (Certificate found : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("authority" + count++, found);
      }
    }
    if (count == 0) {
      throw new GeneralSecurityException("no certificate");
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyManager[] keys(Client client) throws IOException, GeneralSecurityException {
    char[] password = Files.readString(client.password()).strip().toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(client.file())) {
      store.load(in, password);
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password);
    return factory.getKeyManagers();
  }
}
