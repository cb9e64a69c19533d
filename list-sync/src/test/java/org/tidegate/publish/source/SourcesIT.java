package org.tidegate.publish.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidegate.sync.TlsFiles;

/** Lists as licensors offer them: by HTTPS with credentials, by a command, in a directory. */
class SourcesIT {
  private static final String TEXT = "http://listed.example/\n";
  private static final String PASSWORD = "changeit";

  @TempDir private Path directory;

  private HttpServer server = plain();

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void httpsAsksForCredentialsAndTrustsTheGivenAuthority()
      throws IOException, GeneralSecurityException, InterruptedException {
    Path authority = serveTls();
    Credentials basic = credentials("user:pass:word");
    HttpsSource source = new HttpsSource(address("https", "/basic"), basic, trusting(authority));
    assertThat(read(source)).isEqualTo(TEXT);
    HttpsSource bearer =
        new HttpsSource(
            address("https", "/bearer"), credentials("Bearer token-1"), trusting(authority));
    assertThat(read(bearer)).isEqualTo(TEXT);
    assertThatThrownBy(() -> read(new HttpsSource(address("https", "/basic"), basic, null)))
        .hasMessage("no agreement on TLS with the licensor's server, or it is not trusted");
    assertThatThrownBy(
            () -> read(new HttpsSource(address("https", "/basic"), null, trusting(authority))))
        .hasMessage("the licensor's server answers 401 (expected: 200)");
  }

  @Test
  void redirectsAndShortAnswersAreNoLists() {
    assertThatThrownBy(() -> read(new HttpsSource(address("http", "/moved"), null, null)))
        .hasMessage("the licensor's server answers 302 (expected: 200)");
    assertThatThrownBy(() -> read(new HttpsSource(address("http", "/short"), null, null)))
        .isInstanceOf(SourceException.class);
    server.stop(0);
    assertThatThrownBy(() -> read(new HttpsSource(address("http", "/"), null, null)))
        .hasMessage("the licensor's server is out of reach");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://licensor.example/list",
        "ftp://licensor.example/list",
        "https://user:secret@licensor.example/list",
        "https:///list"
      })
  void addressesThatGiveAwayAreRefused(String address) {
    assertThatThrownBy(() -> new HttpsSource(URI.create(address), null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void aCommandsOutputCountsWhereItEndsWell() throws IOException {
    assertThat(read(new CommandSource("printf 'a.example\\n'; printf 'b.example\\n'")))
        .isEqualTo("a.example\nb.example\n");
    assertThatThrownBy(() -> read(new CommandSource("printf 'a.example\\n'; exit 7")))
        .hasMessage("the command failed (exit code 7)");
    assertThatThrownBy(() -> read(new CommandSource("no-such-command-here 2>/dev/null")))
        .hasMessage("the command failed (exit code 127)");
  }

  @Test
  void theFilesOfADirectoryFollowEachOther() throws IOException {
    Path files = Files.createDirectory(directory.resolve("files"));
    DirectorySource source = new DirectorySource(files, new Limits(100, 100, 2));
    assertThatThrownBy(() -> read(source)).hasMessage("the directory has no file");
    Files.writeString(files.resolve("b"), "b.example");
    Files.writeString(files.resolve("a"), "a.example\n");
    Files.writeString(files.resolve(".hidden"), "hidden.example\n");
    Files.createDirectory(files.resolve("sub"));
    assertThat(read(source).lines().filter(line -> !line.isEmpty()))
        .containsExactly("a.example", "b.example");
    Files.writeString(files.resolve("c"), "c.example");
    assertThatThrownBy(() -> read(source)).hasMessage("the directory has too many files");
  }

  @Test
  void filesThatHoldNoCredentialsAreNotToldOf() throws IOException {
    Path file = Files.writeString(directory.resolve("bad"), "secret");
    assertThatThrownBy(() -> Credentials.read(file))
        .isInstanceOf(SourceException.class)
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> trusting(file)).isInstanceOf(GeneralSecurityException.class);
  }

  private static SSLSocketFactory trusting(Path authority)
      throws IOException, GeneralSecurityException {
    return TlsFiles.open(Optional.of(authority), Optional.empty());
  }

  private Credentials credentials(String line) throws IOException {
    return Credentials.read(Files.writeString(directory.resolve("credentials"), line + "\n"));
  }

  private URI address(String scheme, String path) {
    return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private static String read(TextSource source) throws IOException {
    try (InputStream in = source.open()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static HttpServer plain() {
    try {
      return serve(HttpServer.create(loopback(), 0));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static <S extends HttpServer> S serve(S server) {
    String basic = Base64.getEncoder().encodeToString("user:pass:word".getBytes(UTF_8));
    answer(server, "/basic", "Basic " + basic);
    answer(server, "/bearer", "Bearer token-1");
    server.createContext(
        "/moved",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/basic");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.createContext(
        "/short",
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write(TEXT.getBytes(UTF_8));
          exchange.getResponseBody().flush();
          exchange.close();
        });
    server.start();
    return server;
  }

  private static void answer(HttpServer server, String path, String authorization) {
    server.createContext(
        path,
        exchange -> {
          String given = exchange.getRequestHeaders().getFirst("Authorization");
          byte[] body = TEXT.getBytes(UTF_8);
          exchange.sendResponseHeaders(authorization.equals(given) ? 200 : 401, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  /** Answers the certificate of the server's own authority. */
  private Path serveTls() throws IOException, GeneralSecurityException, InterruptedException {
    Path store = directory.resolve("store.p12");
    Path certificate = directory.resolve("ca.pem");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String rest = " -alias k -keystore " + store + " -storepass " + PASSWORD;
    run(keytool + " -genkeypair -keyalg EC -dname CN=127.0.0.1 -ext san=ip:127.0.0.1" + rest);
    run(keytool + " -exportcert -rfc -file " + certificate + rest);
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    HttpsServer tls = HttpsServer.create(loopback(), 0);
    tls.setHttpsConfigurator(new HttpsConfigurator(context));
    server.stop(0);
    server = serve(tls);
    return certificate;
  }

  private static void run(String command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command.split(" ")).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
  }
}
