package org.tidegate.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.tidegate.proxy.ca.CertificateAuthority;

/** What real servers read of keys and certificates, in one directory. */
record PemFiles(Path directory) {
  /** The key of every server, as {@code key.pem}. */
  void key() throws IOException {
    write("key.pem", "PRIVATE KEY", List.of(TlsFront.KEYS.getPrivate().getEncoded()));
  }

  /** A certificate for that key, with its chain, as {@code name.pem}. */
  void issue(String name, CertificateAuthority by, String host, Instant when)
      throws IOException, GeneralSecurityException {
    List<byte[]> chain = new ArrayList<>();
    for (X509Certificate link : by.issue(host, TlsFront.KEYS.getPublic(), when)) {
      chain.add(link.getEncoded());
    }
    write(name + ".pem", "CERTIFICATE", chain);
  }

  private void write(String file, String kind, List<byte[]> all) throws IOException {
    StringBuilder text = new StringBuilder();
    for (byte[] one : all) {
      String base64 = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(one);
      text.append("-----BEGIN ").append(kind).append("-----\n").append(base64);
      text.append("\n-----END ").append(kind).append("-----\n");
    }
    Files.writeString(directory.resolve(file), text);
  }
}
