package org.tidegate.proxy.ca;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.jspecify.annotations.Nullable;

/** Reads an authority from the files that other programs make. Stateless. */
public final class AuthorityFiles {
  private AuthorityFiles() {}

  /**
   * Reads PEM.
   *
   * @param certificates the authority's certificate first, then those above it, if there are any
   * @param key its private key: PKCS#8 or what OpenSSL wrote before, encrypted or not
   */
  public static CertificateAuthority readPem(
      Path certificates, Path key, char @Nullable [] passphrase, Instant now)
      throws IOException, AuthorityException {
    List<X509Certificate> chain = CertificateFile.read(certificates);
    PrivateKey privateKey;
    try (PEMParser pem = new PEMParser(new StringReader(text(key)))) {
      privateKey = privateKey(pem, key, passphrase);
    }
    return checked(chain, privateKey, now, certificates);
  }

  /** Reads PKCS#12 with the only private key in it, whatever its alias. */
  public static CertificateAuthority readPkcs12(Path file, char[] passphrase, Instant now)
      throws IOException, AuthorityException {
    byte[] bytes = Files.readAllBytes(file);
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(bytes), passphrase);
      List<String> keys = new ArrayList<>(Collections.list(store.aliases()));
      keys.removeIf(alias -> !isKey(store, alias));
      if (keys.size() != 1) {
        throw at(file, keys.size() + " private keys (expected: 1)");
      }
      List<X509Certificate> chain = new ArrayList<>();
      for (Certificate link : store.getCertificateChain(keys.get(0))) {
        chain.add((X509Certificate) link);
      }
      return checked(chain, (PrivateKey) store.getKey(keys.get(0), passphrase), now, file);
    } catch (GeneralSecurityException | IOException e) {
      throw at(file, "not readable (expected: PKCS#12 under this passphrase)");
    }
  }

  private static boolean isKey(KeyStore store, String alias) {
    try {
      return store.isKeyEntry(alias);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static PrivateKey privateKey(PEMParser pem, Path file, char @Nullable [] passphrase)
      throws AuthorityException {
    JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
    try {
      for (Object part = pem.readObject(); part != null; part = pem.readObject()) {
        if (part instanceof PEMKeyPair pair) {
          return converter.getPrivateKey(pair.getPrivateKeyInfo());
        } else if (part instanceof PrivateKeyInfo info) {
          return converter.getPrivateKey(info);
        } else if (part instanceof PEMEncryptedKeyPair pair) {
          var decryptor =
              new JcePEMDecryptorProviderBuilder()
                  .setProvider(new BouncyCastleProvider())
                  .build(given(passphrase, file));
          return converter.getPrivateKey(pair.decryptKeyPair(decryptor).getPrivateKeyInfo());
        } else if (part instanceof PKCS8EncryptedPrivateKeyInfo info) {
          var decryptor =
              new JceOpenSSLPKCS8DecryptorProviderBuilder()
                  .setProvider(new BouncyCastleProvider())
                  .build(given(passphrase, file));
          return converter.getPrivateKey(info.decryptPrivateKeyInfo(decryptor));
        } // else what precedes an EC key: its parameters
      }
    } catch (IOException | OperatorCreationException | PKCSException e) {
      throw at(file, "not readable (expected: a private key in PEM, and its passphrase)");
    }
    throw at(file, "no private key (expected: one in PEM)");
  }

  private static char[] given(char @Nullable [] passphrase, Path file) throws AuthorityException {
    if (passphrase == null) {
      throw at(file, "an encrypted key (expected: a passphrase with it)");
    }
    return passphrase;
  }

  private static CertificateAuthority checked(
      List<X509Certificate> chain, PrivateKey key, Instant now, Path file)
      throws AuthorityException {
    try {
      return CertificateAuthority.of(chain, key, now);
    } catch (AuthorityException e) {
      throw at(file, e.getMessage());
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }

  private static AuthorityException at(Path file, @Nullable String problem) {
    return new AuthorityException(file + ": " + problem);
  }
}
