package org.tidegate.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.sync.TlsFiles;

/** A list comes through a proxy that asks who comes, over http and through a tunnel. */
class ProxyCredentialsIT {
  private static final String LOGIN = "gateway-7:pass:wörd";

  @TempDir private Path directory;
  private TestPublisher publisher;
  private Runnable stop = () -> {};

  @BeforeEach
  void publish() throws Exception {
    publisher = TestPublisher.init(directory, "test");
    publisher.publish("listed.example\n");
    Files.writeString(directory.resolve("right"), LOGIN + "\n");
    Files.writeString(directory.resolve("wrong"), "gateway-7:guess\n");
    Files.writeString(directory.resolve("token"), "Bearer token\n");
  }

  @AfterEach
  void stop() {
    stop.run();
  }

  @Test
  void overHttp() throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    serve(server);
    try (AskingProxy proxy = AskingProxy.start(server.getAddress().getPort(), LOGIN)) {
      assertEnds(0, "", fetch("http", proxy, "right"));
      assertThat(proxy.heads).anyMatch(head -> head.startsWith("GET http://lists.example/time"));
      int before = proxy.heads.size();
      assertEnds(4, "unreachable: proxy-credentials\n", fetch("http", proxy, "wrong"));
      assertThat(proxy.heads.size() - before).isLessThanOrEqualTo(2);
      assertEnds(2, "--proxy-credentials: not usable", fetch("http", proxy, "token"));
    }
  }

  @Test
  void throughATunnel() throws Exception {
    HttpsServer secure = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    makeCertificate();
    TlsFiles.Client own = new TlsFiles.Client(file("own.p12"), file("own.password"));
    secure.setHttpsConfigurator(
        new HttpsConfigurator(TlsFiles.context(Optional.empty(), Optional.of(own))));
    serve(secure);
    try (AskingProxy proxy = AskingProxy.start(secure.getAddress().getPort(), LOGIN)) {
      assertEnds(0, "", fetch("https", proxy, "right", "--authorities", "own.pem"));
      assertThat(proxy.heads)
          .isNotEmpty()
          .allMatch(head -> head.startsWith("CONNECT lists.example:443 "));
      assertEnds(
          4,
          "unreachable: proxy-credentials\n",
          fetch("https", proxy, "wrong", "--authorities", "own.pem"));
    }
  }

  /** What the proxy is told is not for the server. */
  private void serve(HttpServer server) {
    stop = () -> server.stop(0);
    server.createContext(
        "/",
        exchange -> {
          Path asked = file("pub/repository" + exchange.getRequestURI().getPath());
          boolean isThere = Files.isRegularFile(asked);
          boolean tells = exchange.getRequestHeaders().containsKey("Proxy-Authorization");
          byte[] body = isThere ? Files.readAllBytes(asked) : new byte[0];
          exchange.sendResponseHeaders(tells ? 400 : isThere ? 200 : 404, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  private void makeCertificate() throws IOException {
    Files.writeString(file("own.password"), "password");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    String make =
        "-genkeypair -alias own -keyalg EC -dname CN=lists.example -ext san=dns:lists.example"
            + " -validity 30 -storetype PKCS12 -keystore own.p12 -storepass password";
    String export =
        "-exportcert -rfc -alias own -keystore own.p12 -storepass password -file own.pem";
    for (String command : new String[] {make, export}) {
      assertThat(new Shell(directory).run(keytool, command.split(" ")).code()).isZero();
    }
  }

  private Shell.Ended fetch(String scheme, AskingProxy proxy, String login, String... more)
      throws IOException {
    String arguments =
        "list fetch --repository SCHEME://lists.example/ --proxy ADDRESS --proxy-credentials LOGIN"
            + " --trusted-root pub/root.json --list-key pub/list.key --name test --store store "
            + String.join(" ", more);
    return new Shell(directory)
        .with("JAVA_HOME", System.getProperty("java.home"))
        .run(
            Shell.TIDEGATE,
            arguments
                .replace("SCHEME", scheme)
                .replace("ADDRESS", proxy.address())
                .replace("LOGIN", login)
                .strip()
                .split(" "));
  }

  private static void assertEnds(int code, String tells, Shell.Ended ended) {
    assertThat(ended.err()).contains(tells).doesNotContain("pass:", "guess");
    assertThat(ended.code()).as(ended.err()).isEqualTo(code);
  }

  private Path file(String name) {
    return directory.resolve(name);
  }
}
