package org.tidegate.proxy.ca;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Set;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputEncryptor;
import org.jspecify.annotations.Nullable;

/** Writes a new authority's files; never over files that are there. */
public final class AuthorityWriter {
  private static final int ITERATIONS = 600_000;

  private AuthorityWriter() {}

  /** The certificate in PEM, readable by all. */
  public static void writeCertificate(CertificateAuthority authority, Path file)
      throws IOException {
    write(file, "rw-r--r--", pem(authority.certificate()));
  }

  /** The private key in PEM (PKCS#8), readable by its owner only. */
  public static void writeKey(
      CertificateAuthority authority, char @Nullable [] passphrase, Path file) throws IOException {
    write(file, "rw-------", pem(new JcaPKCS8Generator(authority.key(), encryptor(passphrase))));
  }

  private static @Nullable OutputEncryptor encryptor(char @Nullable [] passphrase) {
    if (passphrase == null) {
      return null;
    }
    try {
      return new JceOpenSSLPKCS8EncryptorBuilder(NISTObjectIdentifiers.id_aes256_CBC)
          .setProvider(new BouncyCastleProvider())
          .setIterationCount(ITERATIONS)
          .setPassword(passphrase)
          .build();
    } catch (OperatorCreationException e) {
      throw new IllegalStateException("AES is part of every Java platform", e);
    }
  }

  private static String pem(Object what) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(what);
    }
    return text.toString();
  }

  private static void write(Path file, String permissions, String text) throws IOException {
    Set<PosixFilePermission> rights = PosixFilePermissions.fromString(permissions);
    FileAttribute<?> attribute = PosixFilePermissions.asFileAttribute(rights);
    Files.createFile(file, attribute);
    Files.writeString(file, text, StandardCharsets.US_ASCII, StandardOpenOption.WRITE);
  }

  /** The SHA-256 fingerprint, as programs and people compare it. */
  public static String fingerprint(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that does not encode", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("SHA-256 is part of every Java platform", e);
    }
  }
}
