package org.tidegate.sync.tuf;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidegate.sync.tuf.HttpAccess.Times;

/** A repository behind TLS, and behind a proxy: what may be wrong on the way. */
class HttpTlsIT {
  private static final Times TIMES =
      new Times(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(9));
  private static final String PASSWORD = "password";

  @TempDir private static Path directory;
  private static SSLContext own;

  /** A certificate that signs itself, for 127.0.0.1, trusted and shown by this context. */
  @BeforeAll
  static void certificate() throws IOException, GeneralSecurityException, InterruptedException {
    Path file = directory.resolve("own.p12");
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString()));
    command.addAll(List.of("-genkeypair", "-alias", "own", "-keyalg", "EC", "-dname", "CN=own"));
    command.addAll(List.of("-ext", "san=ip:127.0.0.1", "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD, "-keystore", file.toString()));
    assertThat(new ProcessBuilder(command).redirectErrorStream(true).start().waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory shown =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    shown.init(keys, PASSWORD.toCharArray());
    KeyStore authorities = KeyStore.getInstance("PKCS12");
    authorities.load(null, null);
    authorities.setCertificateEntry("own", keys.getCertificate("own"));
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(authorities);
    own = SSLContext.getInstance("TLS");
    own.init(shown.getKeyManagers(), trusted.getTrustManagers(), null);
  }

  @Test
  void whoShowsATrustedCertificateIsRead() throws IOException {
    try (ServerSocket server = tls()) {
      serve(server, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
      InputStream in = repository(server, Optional.of(own.getSocketFactory())).open("a.json");
      assertThat(in.readAllBytes()).hasSize(5);
    }
  }

  @Test
  void aCertificateThatIsNotTrustedIsCertificate() throws IOException {
    try (ServerSocket server = tls()) {
      serve(server, "");
      assertThat(trouble(repository(server, Optional.empty()))).isEqualTo(Trouble.CERTIFICATE);
    }
  }

  @Test
  void aServerThatSpeaksNoTlsIsTls() throws IOException {
    try (ServerSocket server = plain()) {
      serve(server, "HTTP/1.1 400 Bad Request\r\n\r\n");
      assertThat(trouble(repository(server, Optional.empty()))).isEqualTo(Trouble.TLS);
    }
  }

  /** As Java 17 and 25 put it; which alert a server sends, and whether it arrives, is up to it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Received fatal alert: bad_certificate",
        "Received fatal alert: certificate_required",
        "(certificate_required) Received fatal alert: certificate_required",
        "Received fatal alert: unknown_ca",
      })
  void aServerThatDemandsACertificateIsClientCertificate(String message) {
    RepositoryException found = HttpTrouble.of(new SSLHandshakeException(message), Trouble.BROKEN);
    assertThat(found.trouble()).isEqualTo(Trouble.CLIENT_CERTIFICATE);
  }

  @Test
  void aNameWithoutAnAddressIsName() {
    HttpRepository repository =
        new HttpRepository(URI.create("http://lists.invalid/"), HttpAccess.plain(TIMES));
    assertThat(trouble(repository)).isEqualTo(Trouble.NAME);
  }

  @Test
  void aProxyThatDoesNotLeadThereIsProxy() throws IOException {
    assertThat(throughProxy("502 Bad Gateway")).isEqualTo(Trouble.PROXY);
  }

  @Test
  void aProxyThatWantsCredentialsIsProxyCredentials() throws IOException {
    assertThat(throughProxy("407 Proxy Authentication Required"))
        .isEqualTo(Trouble.PROXY_CREDENTIALS);
  }

  private static Trouble throughProxy(String status) throws IOException {
    try (ServerSocket server = plain()) {
      serve(server, "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");
      Proxy proxy =
          new Proxy(
              Proxy.Type.HTTP,
              InetSocketAddress.createUnresolved("127.0.0.1", server.getLocalPort()));
      HttpAccess access = new HttpAccess(TIMES, proxy, Optional.empty(), Optional::empty);
      return trouble(new HttpRepository(URI.create("https://lists.example/"), access));
    }
  }

  private static HttpRepository repository(ServerSocket server, Optional<SSLSocketFactory> tls) {
    URI place = URI.create("https://127.0.0.1:" + server.getLocalPort() + "/");
    return new HttpRepository(place, new HttpAccess(TIMES, Proxy.NO_PROXY, tls, Optional::empty));
  }

  private static Trouble trouble(HttpRepository repository) {
    return catchThrowableOfType(RepositoryException.class, () -> repository.open("a.json"))
        .trouble();
  }

  private static SSLServerSocket tls() throws IOException {
    SSLServerSocket server =
        (SSLServerSocket)
            own.getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
    return server;
  }

  private static ServerSocket plain() throws IOException {
    return new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
  }

  private static void serve(ServerSocket server, String answer) {
    Thread thread =
        new Thread(
            () -> {
              while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                  socket.getInputStream().read();
                  socket.getOutputStream().write(answer.getBytes(US_ASCII));
                  socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                  // The client has gone, as it should, or the test is over.
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}
