package org.tidegate.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.tidegate.proxy.upstream.NameResolver;
import org.tidegate.proxy.upstream.ParentProxy;

/** Real clients, a real origin and real parents. */
@SuppressWarnings("NullAway.Init")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("peers")
@Timeout(300)
class PeersIT {
  private static final String[] LIST = {"listed.example", "origin.example/listed/"};
  private static final int MIB = 1 << 20;

  private final List<AutoCloseable> running = new ArrayList<>();
  private Path directory;
  private InetSocketAddress clear;
  private InetSocketAddress secure;
  private Gateway gateway;

  @BeforeAll
  void start() throws Exception {
    directory = Peer.directory("peers");
    Files.createDirectories(directory.resolve("www/listed"));
    Files.createDirectories(directory.resolve("temp"));
    Peer.run(
        directory,
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        "key.pem",
        "-out",
        "cert.pem",
        "-days",
        "2",
        "-subj",
        "/CN=origin.example",
        "-addext",
        "subjectAltName=DNS:origin.example");
    clear = new InetSocketAddress(InetAddress.getLoopbackAddress(), Peer.freePort());
    secure = new InetSocketAddress(InetAddress.getLoopbackAddress(), Peer.freePort());
    Files.writeString(directory.resolve("nginx.conf"), nginx());
    running.add(
        Peer.server(
            directory,
            secure.getPort(),
            "nginx",
            "-p",
            directory.toString(),
            "-e",
            "error.log",
            "-c",
            "nginx.conf"));
    gateway = gateway(UnaryOperator.identity());
    Files.writeString(directory.resolve("www/index.html"), "<p>This page was let through.</p>");
  }

  private String nginx() {
    return """
        daemon off;
        master_process off;
        pid nginx.pid;
        error_log error.log;
        events {}
        http {
          access_log off;
          client_body_temp_path temp/body;
          proxy_temp_path temp/proxy;
          fastcgi_temp_path temp/fastcgi;
          uwsgi_temp_path temp/uwsgi;
          scgi_temp_path temp/scgi;
          types { text/html html; text/plain txt; }
          client_max_body_size 0;
          server {
            listen 127.0.0.1:%d;
            listen 127.0.0.1:%d ssl;
            ssl_certificate cert.pem;
            ssl_certificate_key key.pem;
            root www;
            location /gzip/ { alias www/; gzip on; gzip_types *; gzip_min_length 1; }
            location /upload/ { dav_methods PUT; create_full_put_path on; }
          }
        }
        """
        .replace("www/;", directory + "/www/;")
        .formatted(clear.getPort(), secure.getPort());
  }

  private Gateway gateway(UnaryOperator<GatewayConfig.Builder> more) throws IOException {
    NameResolver names =
        new NameResolver() {
          @Override
          public Future<List<InetSocketAddress>> resolve(String host, int port, EventLoop loop) {
            InetSocketAddress origin = port == 443 ? secure : clear;
            boolean parent = host.equals("127.0.0.1");
            return loop.newSucceededFuture(
                List.of(parent ? new InetSocketAddress(host, port) : origin));
          }
        };
    Gateway started =
        TestGateway.start(
            clear,
            ListedFilter.of(LIST),
            b -> more.apply(b.names(names).allowAddresses(List.of(clear, secure))));
    running.add(started);
    return started;
  }

  @AfterAll
  void stop() throws Exception {
    for (int i = running.size() - 1; i >= 0; i--) {
      running.get(i).close();
    }
    try (var files = Files.walk(directory)) {
      for (Path path : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private String curl(Gateway through, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("curl", "-sS", "--max-time", "90", "--noproxy", "", "-x"));
    command.add("http://127.0.0.1:" + through.address().getPort());
    command.addAll(List.of("--cacert", "cert.pem"));
    command.addAll(Arrays.asList(arguments));
    return Peer.run(directory, command.toArray(String[]::new));
  }

  private Path file(String name, int size) throws IOException {
    Path file = directory.resolve(name);
    byte[] bytes = new byte[size];
    new SplittableRandom(size).nextBytes(bytes);
    Files.write(file, bytes);
    return file;
  }

  private static String sha(Path file) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (var in = Files.newInputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      for (int n; (n = in.read(buffer)) >= 0; ) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  @Test
  void filesOfEverySizeArriveWhole() throws Exception {
    filesArriveWhole(
        gateway, "http://origin.example", 0, 1, 1023, 65_536, 65_537, 10 * MIB, 100 * MIB);
    filesArriveWhole(gateway, "https://origin.example", 1, 65_537, 100 * MIB);
  }

  private void filesArriveWhole(Gateway through, String base, int... sizes) throws Exception {
    for (int size : sizes) {
      Path file = file("www/" + size + ".bin", size);
      assertThat(
              curl(
                  through,
                  "-o",
                  "got",
                  "-w",
                  "%{http_code} %{size_download}",
                  base + "/" + size + ".bin"))
          .isEqualTo("200 " + size);
      assertThat(sha(directory.resolve("got"))).isEqualTo(sha(file));
      Files.delete(file);
    }
  }

  @Test
  void uploadsArriveWhole() throws Exception {
    uploadsArriveWhole(gateway, "http://origin.example");
    uploadsArriveWhole(gateway, "https://origin.example");
  }

  private void uploadsArriveWhole(Gateway through, String base) throws Exception {
    Path file = file("large", 64 * MIB);
    String[][] ways = {
      {}, {"-H", "Expect: 100-continue"}, {"-H", "Transfer-Encoding: chunked"}, {"-H", "Expect:"}
    };
    for (int i = 0; i < ways.length; i++) {
      List<String> arguments =
          new ArrayList<>(List.of("-T", "large", "-o", "answer", "-w", "%{http_code}"));
      arguments.addAll(List.of(ways[i]));
      arguments.add(base + "/upload/" + i);
      assertThat(curl(through, arguments.toArray(String[]::new))).isIn("201", "204");
      Path stored = directory.resolve("www/upload/" + i);
      assertThat(sha(stored)).isEqualTo(sha(file));
      Files.delete(stored);
    }
  }

  @Test
  void headRangeAndKeepAlive() throws Exception {
    Files.writeString(directory.resolve("www/t.txt"), "0123456789");
    String url = "http://origin.example/t.txt";
    assertThat(curl(gateway, "-I", url)).contains("200 OK").contains("Content-Length: 10");
    assertThat(curl(gateway, "-r", "2-4", "-w", " %{http_code}", url)).isEqualTo("234 206");
    assertThat(curl(gateway, "-w", " %{num_connects}\n", url, url, url, url))
        .isEqualTo("0123456789 1\n" + "0123456789 0\n".repeat(3));
    assertThat(curl(gateway, "--http1.0", url)).isEqualTo("0123456789");
    assertThat(curl(gateway, "-o", "answer", "-w", "%{http_code}", url + "x")).isEqualTo("404");
  }

  @Test
  void compressedAnswersInChunksArriveWhole() throws Exception {
    StringBuilder text = new StringBuilder();
    SplittableRandom random = new SplittableRandom(5);
    while (text.length() < 5 * MIB) {
      text.append(random.nextInt()).append('\n');
    }
    Path file = Files.writeString(directory.resolve("www/big.txt"), text);
    String head =
        curl(gateway, "--compressed", "-D", "-", "-o", "got", "http://origin.example/gzip/big.txt");
    assertThat(head).contains("Content-Encoding: gzip").contains("Transfer-Encoding: chunked");
    assertThat(sha(directory.resolve("got"))).isEqualTo(sha(file));
  }

  @Test
  void whatIsListedIsAnswered() throws Exception {
    String status = "%{http_code} %{http_connect}";
    assertThat(curl(gateway, "-o", "got", "-w", status, "http://listed.example/x"))
        .isEqualTo("403 000");
    assertThat(
            curl(
                gateway,
                "--path-as-is",
                "-o",
                "got",
                "-w",
                status,
                "http://origin.example/x/%2e%2e//listed/y"))
        .isEqualTo("403 000");
    assertThat(curl(gateway, "-o", "got", "-w", status, "https://listed.example/x"))
        .isEqualTo("000 403");
    // HTTP in a tunnel, and a server name that the CONNECT target hides
    assertThat(curl(gateway, "-p", "-o", "got", "-w", status, "http://origin.example/listed/y"))
        .isEqualTo("403 200");
    assertThat(
            curl(
                gateway,
                "-k",
                "--connect-to",
                "listed.example:443:origin.example:443",
                "-o",
                "got",
                "-w",
                status,
                "https://listed.example/x"))
        .isEqualTo("000 200");
  }

  @Test
  void behindSquid() throws Exception {
    int port = Peer.freePort();
    Files.writeString(directory.resolve("hosts"), "127.0.0.1 origin.example\n");
    Path config =
        Files.writeString(
            directory.resolve("squid.conf"),
            """
            http_port 127.0.0.1:%d
            http_access allow all
            hosts_file %s/hosts
            cache deny all
            access_log none
            cache_log /dev/null
            cache_store_log none
            pid_filename none
            netdb_filename none
            pinger_enable off
            client_request_buffer_max_size 80 MB
            shutdown_lifetime 1 seconds
            """
                .formatted(port, directory));
    Gateway chained = gateway(b -> b.parent(new ParentProxy("127.0.0.1", port)));
    try (Peer squid =
        Peer.server(
            directory, port, "squid", "-N", "-n", "tidegate" + port, "-f", config.toString())) {
      String clearBase = "http://origin.example:" + clear.getPort();
      String secureBase = "https://origin.example:" + secure.getPort();
      filesArriveWhole(chained, clearBase, 0, 1, 65_537, 20 * MIB);
      filesArriveWhole(chained, secureBase, 1, 20 * MIB);
      uploadsArriveWhole(chained, clearBase);
      assertThat(curl(chained, "-o", "got", "-w", "%{http_code}", "http://listed.example/"))
          .isEqualTo("403");
      assertThat(curl(chained, "-o", "got", "-w", "%{http_code}", "http://unknown.invalid/"))
          .isIn("502", "503");
      assertThat(curl(chained, "-o", "got", "-w", "%{http_connect}", "https://unknown.invalid/"))
          .isIn("502", "503");
    }
    assertThat(curl(chained, "-o", "got", "-w", "%{http_code}", "http://origin.example/"))
        .isEqualTo("502");
  }

  @Test
  void behindHaproxy() throws Exception {
    int port = Peer.freePort();
    Files.writeString(
        directory.resolve("haproxy.cfg"),
        """
        defaults
          mode http
          timeout connect 5s
          timeout client 30s
          timeout server 30s
        listen parent
          bind 127.0.0.1:%d
          server origin 127.0.0.1:%d
        """
            .formatted(port, clear.getPort()));
    Gateway chained = gateway(b -> b.parent(new ParentProxy("127.0.0.1", port)));
    try (Peer haproxy = Peer.server(directory, port, "haproxy", "-db", "-f", "haproxy.cfg")) {
      filesArriveWhole(chained, "http://origin.example", 0, 1, 65_537, 20 * MIB);
      uploadsArriveWhole(chained, "http://origin.example");
      assertThat(curl(chained, "-o", "got", "-w", "%{http_code}", "http://listed.example/"))
          .isEqualTo("403");
    }
  }

  @Test
  void aBrowserSeesThePageOrTheSplashPage() throws Exception {
    assertThat(chromium("http://origin.example/")).contains("This page was let through.");
    String splash = chromium("http://listed.example/");
    assertThat(splash).contains("<main").doesNotContain("let through");
    assertThat(chromium("http://origin.example/x/../listed/")).contains("<main");
  }

  private String chromium(String url) throws Exception {
    return Peer.run(
        directory,
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-features=HttpsUpgrades,HttpsFirstBalancedMode",
        "--user-data-dir=" + directory.resolve("chromium"),
        "--proxy-server=http://127.0.0.1:" + gateway.address().getPort(),
        "--dump-dom",
        url);
  }
}
