package org.tidegate.proxy.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class AuthorityFilesTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final char[] PASSPHRASE = "correct horse".toCharArray();

  private final CertificateAuthority authority =
      CertificateAuthority.create("A CA", Duration.ofDays(3650), NOW);
  @TempDir private Path directory;
  private Path certificate;
  private Path key;

  @BeforeEach
  void name() {
    certificate = directory.resolve("ca.crt");
    key = directory.resolve("ca.key");
  }

  @Test
  void readsWhatItWrote() throws Exception {
    AuthorityWriter.writeCertificate(authority, certificate);
    AuthorityWriter.writeKey(authority, null, key);
    assertThat(AuthorityFiles.readPem(certificate, key, null, NOW).certificate())
        .isEqualTo(authority.certificate());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(key).content().startsWith("-----BEGIN PRIVATE KEY-----");
  }

  @Test
  void readsAnEncryptedKeyUnderItsPassphraseOnly() throws Exception {
    AuthorityWriter.writeCertificate(authority, certificate);
    AuthorityWriter.writeKey(authority, PASSPHRASE, key);
    assertThat(key).content().startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
    assertThat(AuthorityFiles.readPem(certificate, key, PASSPHRASE, NOW).certificate())
        .isEqualTo(authority.certificate());
    assertThatThrownBy(() -> AuthorityFiles.readPem(certificate, key, null, NOW))
        .isInstanceOf(AuthorityException.class)
        .hasMessageContaining("passphrase");
    assertThatThrownBy(() -> AuthorityFiles.readPem(certificate, key, "wrong".toCharArray(), NOW))
        .isInstanceOf(AuthorityException.class)
        .hasMessageContaining("passphrase");
  }

  @Test
  void readsPkcs12() throws Exception {
    Path file = directory.resolve("ca.p12");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, PASSPHRASE);
    store.setKeyEntry(
        "any", authority.key(), PASSPHRASE, new Certificate[] {authority.certificate()});
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSPHRASE);
    }
    assertThat(AuthorityFiles.readPkcs12(file, PASSPHRASE, NOW).certificate())
        .isEqualTo(authority.certificate());
    assertThatThrownBy(() -> AuthorityFiles.readPkcs12(file, "wrong".toCharArray(), NOW))
        .isInstanceOf(AuthorityException.class)
        .hasMessageStartingWith(file + ": ");
  }

  @Test
  void writesOverNothing() throws IOException {
    AuthorityWriter.writeKey(authority, null, key);
    assertThatThrownBy(() -> AuthorityWriter.writeKey(authority, null, key))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void refusesWhatIsNoCertificateOrKey() throws IOException {
    Files.writeString(certificate, "nothing");
    Files.writeString(key, "nothing");
    assertThatThrownBy(() -> CertificateFile.read(certificate))
        .isInstanceOf(AuthorityException.class)
        .hasMessageStartingWith(certificate + ": ");
    AuthorityWriter.writeCertificate(authority, directory.resolve("good.crt"));
    assertThatThrownBy(() -> AuthorityFiles.readPem(directory.resolve("good.crt"), key, null, NOW))
        .isInstanceOf(AuthorityException.class)
        .hasMessageContaining("no private key");
  }
}
