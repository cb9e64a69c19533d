package org.tidegate.sync;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tidegate.sync.SimulatedPublisher.LIST;

import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.publish.PublishException;
import org.tidegate.sync.UpdateOutcome.Current;
import org.tidegate.sync.UpdateOutcome.Unreachable;
import org.tidegate.sync.UpdateOutcome.Updated;
import org.tidegate.sync.disk.TestDisk;
import org.tidegate.sync.tuf.HttpAccess;
import org.tidegate.sync.tuf.HttpRepository;
import org.tidegate.sync.tuf.Repository;
import org.tidegate.sync.tuf.Trouble;

/** A repository on a real nginx; needs nginx and openssl. */
@Tag("peers")
class NginxRepositoryIT {
  private static final HttpAccess.Times TIMES =
      new HttpAccess.Times(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(6));
  private static final Instant NOW = Instant.now();

  private static final String SERVERS =
      """
      ssl_certificate WORK/server.crt;
      ssl_certificate_key WORK/server.key;
      map $http_authorization $is_bearer { default 0; "Bearer token-1" 1; }
      server { listen 127.0.0.1:PLAIN; root ROOT; }
      server { listen 127.0.0.1:STALE; root OLD; }
      server { listen 127.0.0.1:WRONG; root BAD; }
      server { listen 127.0.0.1:SLOW; root ROOT; location ~ tgl$ { limit_rate 100; } }
      server { listen 127.0.0.1:BASIC ssl; root ROOT;
        auth_basic lists; auth_basic_user_file WORK/users; }
      server { listen 127.0.0.1:BEARER ssl; root ROOT; if ($is_bearer = 0) { return 401; } }
      server { listen 127.0.0.1:CLIENT ssl; root ROOT;
        ssl_client_certificate WORK/ca.crt; ssl_verify_client on; }
      """;

  @TempDir private static Path shared;
  private static SimulatedPublisher publisher;
  private static Nginx nginx;

  @TempDir private Path directory;
  private ListStore store;

  /**
   * An authority, a server's and a client's certificate; an old, a spoilt and a good repository.
   */
  @BeforeAll
  static void serve() throws Exception {
    run(
        "openssl req -x509 -newkey rsa:2048 -nodes -days 9 -subj /CN=ca -keyout ca.key -out ca.crt"
            + " && for n in server client; do"
            + " openssl req -newkey rsa:2048 -nodes -subj /CN=$n -keyout $n.key -out $n.csr"
            + " && printf 'subjectAltName=IP:127.0.0.1' > ext && openssl x509 -req -in $n.csr"
            + " -CA ca.crt -CAkey ca.key -CAcreateserial -days 9 -extfile ext -out $n.crt || exit 1;"
            + " done && openssl pkcs12 -export -in client.crt -inkey client.key -passout pass:secret"
            + " -out client.p12 && printf secret > password"
            + " && printf 'reader:%s\\n' $(openssl passwd -apr1 pass) > users");
    publisher = SimulatedPublisher.init(shared.resolve("pub"), NOW).publish(NOW, "old.example");
    publisher.copyRepository(shared.resolve("old"));
    publisher.publish(NOW, many());
    publisher.copyRepository(shared.resolve("bad"));
    spoil(shared.resolve("bad"));
    String servers =
        SERVERS
            .replace("ROOT", shared.resolve("pub/repository").toString())
            .replace("OLD", shared.resolve("old").toString())
            .replace("BAD", shared.resolve("bad").toString())
            .replace("WORK", shared.toString());
    for (Port port : Port.values()) {
      port.number = Nginx.freePort();
      servers = servers.replace(port.name(), Integer.toString(port.number));
    }
    nginx = Nginx.start(shared.resolve("nginx"), servers);
  }

  @AfterAll
  static void close() {
    nginx.close();
  }

  @BeforeEach
  void empty() {
    store = new ListStore(directory.resolve("store"), TestDisk.fast());
  }

  @Test
  void whatDidNotChangeIsNotSentAgain() throws IOException, PublishException {
    for (Path file : publisher.files()) {
      // What changed this very moment would be sent again.
      Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(60)));
    }
    ListUpdater updater = updater(plain(Port.PLAIN));
    assertThat(updater.update(NOW)).isEqualTo(new Updated(2));
    assertThat(updater.update(NOW)).isEqualTo(new Current(2));
    List<String> again = seen(Port.PLAIN);
    assertThat(again.subList(again.size() - 3, again.size()))
        .extracting(line -> line.split(" ", -1)[1])
        .containsExactly("404", "304", "304");
  }

  @Test
  void aBrokenTransferGoesOnAtTheOtherMirror() throws IOException, PublishException {
    HostileServer breaks = HostileServer.start(shared.resolve("pub/repository"));
    breaks.treat(request -> request.path().endsWith(".tgl"), HostileBehaviour::cut);
    try (breaks) {
      Repository first = new HttpRepository(breaks.place(), HttpAccess.plain(TIMES));
      assertThat(updater(first, plain(Port.PLAIN)).update(NOW)).isEqualTo(new Updated(2));
    }
    assertThat(seen(Port.PLAIN)).last().asString().contains(" 206 ").endsWith(".tgl");
  }

  @Test
  void aStaleMirrorIsRollbackAndTheOtherOneIsFollowed() throws IOException, PublishException {
    assertThat(updater(plain(Port.PLAIN)).update(NOW)).isEqualTo(new Updated(2));
    assertThat(updater(plain(Port.STALE)).update(NOW).reasonCode()).isEqualTo("rollback");
    assertThat(updater(plain(Port.STALE), plain(Port.PLAIN)).update(NOW)).isEqualTo(new Current(2));
  }

  @Test
  void aMirrorOfWrongBytesAndASlowOneHaveTheirReasons() throws IOException, PublishException {
    assertThat(updater(plain(Port.WRONG)).update(NOW).reasonCode()).isEqualTo("tampered");
    assertThat(updater(plain(Port.SLOW)).update(NOW)).isEqualTo(new Unreachable(Trouble.SLOW));
    assertThat(updater(plain(Port.WRONG), plain(Port.SLOW), plain(Port.PLAIN)).update(NOW))
        .isEqualTo(new Updated(2));
  }

  @Test
  void tlsIsTrustedByItsOwnAuthorityAlone() throws Exception {
    assertThat(updater(secure(Port.BEARER, Optional.empty(), "Bearer token-1")).update(NOW))
        .isEqualTo(new Unreachable(Trouble.CERTIFICATE));
    assertThat(updater(secure(Port.BEARER, ours(false), "Bearer token-1")).update(NOW))
        .isEqualTo(new Updated(2));
  }

  @Test
  void credentialsAreBasicOrBearer() throws Exception {
    String basic = "Basic " + Base64.getEncoder().encodeToString("reader:pass".getBytes(US_ASCII));
    assertThat(updater(secure(Port.BASIC, ours(false), basic)).update(NOW))
        .isEqualTo(new Updated(2));
    for (Port port : List.of(Port.BASIC, Port.BEARER)) {
      assertThat(updater(secure(port, ours(false), "Bearer other")).update(NOW))
          .isEqualTo(new Unreachable(Trouble.CREDENTIALS));
    }
  }

  @Test
  void aClientCertificateIsShown() throws Exception {
    assertThat(updater(secure(Port.CLIENT, ours(true), "")).update(NOW)).isEqualTo(new Updated(2));
    // nginx answers a client without one by a plain 400.
    assertThat(updater(secure(Port.CLIENT, ours(false), "")).update(NOW))
        .isEqualTo(new Unreachable(Trouble.STATUS));
  }

  private enum Port {
    PLAIN,
    STALE,
    WRONG,
    SLOW,
    BASIC,
    BEARER,
    CLIENT;

    private int number;
  }

  private static Repository plain(Port port) {
    return new HttpRepository(
        URI.create("http://127.0.0.1:" + port.number + "/"), HttpAccess.plain(TIMES));
  }

  private static Repository secure(
      Port port, Optional<SSLSocketFactory> tls, String authorization) {
    Optional<String> field = Optional.of(authorization).filter(text -> !text.isEmpty());
    return new HttpRepository(
        URI.create("https://127.0.0.1:" + port.number + "/"),
        new HttpAccess(TIMES, Proxy.NO_PROXY, tls, () -> field));
  }

  private static Optional<SSLSocketFactory> ours(boolean withCertificate)
      throws IOException, GeneralSecurityException {
    TlsFiles.Client client =
        new TlsFiles.Client(shared.resolve("client.p12"), shared.resolve("password"));
    return Optional.of(
        TlsFiles.open(
            Optional.of(shared.resolve("ca.crt")),
            Optional.of(client).filter(c -> withCertificate)));
  }

  private ListUpdater updater(Repository... repositories) throws IOException, PublishException {
    return new ListUpdater(
        new ListSource(
            LIST, List.of(repositories), publisher.trustedRoot(), List.of(publisher.listKey())),
        store,
        list -> {});
  }

  private static List<String> seen(Port port) throws IOException {
    return nginx.seen().stream().filter(line -> line.contains(" " + port.number + " ")).toList();
  }

  private static String[] many() {
    return IntStream.range(0, 4000).mapToObj(i -> "h" + i + ".example").toArray(String[]::new);
  }

  private static void spoil(Path repository) throws IOException {
    try (Stream<Path> files = Files.walk(repository)) {
      Path list =
          files.filter(file -> file.toString().endsWith(".2.tgl")).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(list);
      bytes[bytes.length / 2] ^= 1;
      Files.write(list, bytes);
    }
  }

  private static void run(String script) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-ec", script)
            .directory(shared.toFile())
            .redirectErrorStream(true)
            .redirectOutput(shared.resolve("script.log").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(shared.resolve("script.log"))).isZero();
  }
}
