package org.tidegate.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidegate.proxy.ca.AuthorityWriter;
import org.tidegate.proxy.ca.CertificateAuthority;

/** Inspected TLS between real clients and nginx. */
@Tag("peers")
@SuppressWarnings("NullAway.Init")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class InspectionPeersIT {
  private Path directory;
  private Peer nginx;
  private InspectedGateway inspected;
  private String proxy;

  @BeforeAll
  void start() throws Exception {
    directory = Peer.directory("inspection");
    Files.createDirectories(directory.resolve("www"));
    Files.createDirectories(directory.resolve("temp"));
    Files.writeString(directory.resolve("www/index.html"), "<p>This page was let through.</p>");
    Files.write(directory.resolve("www/large"), new byte[3 << 20]);
    AuthorityWriter.writeCertificate(InspectedGateway.OPERATOR, directory.resolve("ca.crt"));
    PemFiles pem = new PemFiles(directory);
    pem.key();
    Instant now = Instant.now();
    CertificateAuthority stranger = InspectedGateway.authority("stranger");
    pem.issue("good", InspectedGateway.WEB, "good.example", now);
    pem.issue("outdated", InspectedGateway.WEB, "outdated.example", now.minus(Duration.ofDays(20)));
    pem.issue("another", InspectedGateway.WEB, "good.example", now);
    pem.issue("stranger", stranger, "stranger.example", now);
    intermediate();
    InetSocketAddress origin =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Peer.freePort());
    Files.writeString(directory.resolve("nginx.conf"), nginx(origin.getPort()));
    nginx =
        Peer.server(
            directory,
            origin.getPort(),
            "nginx",
            "-p",
            directory.toString(),
            "-e",
            "error.log",
            "-c",
            "nginx.conf");
    inspected =
        InspectedGateway.start(
            origin, ListedFilter.of("domain.example", "good.example/listed.html"));
    proxy = "127.0.0.1:" + inspected.gateway.address().getPort();
  }

  @AfterAll
  void stop() {
    inspected.close();
    nginx.close();
  }

  /** A certificate of an authority below the web's, which nginx does not show. */
  private void intermediate() throws Exception {
    AuthorityWriter.writeCertificate(InspectedGateway.WEB, directory.resolve("web.crt"));
    AuthorityWriter.writeKey(InspectedGateway.WEB, null, directory.resolve("web.key"));
    openssl("req -newkey rsa:2048 -nodes -keyout sub.key -out sub.csr -subj /CN=sub");
    Files.writeString(directory.resolve("sub.ext"), "basicConstraints=critical,CA:TRUE");
    openssl(
        "x509 -req -in sub.csr -CA web.crt -CAkey web.key -CAcreateserial -days 2"
            + " -extfile sub.ext -out sub.crt");
    openssl("req -new -key key.pem -out leaf.csr -subj /CN=incomplete.example");
    Files.writeString(directory.resolve("leaf.ext"), "subjectAltName=DNS:incomplete.example");
    openssl(
        "x509 -req -in leaf.csr -CA sub.crt -CAkey sub.key -CAcreateserial -days 2"
            + " -extfile leaf.ext -out incomplete.pem");
  }

  private String openssl(String arguments) throws Exception {
    return Peer.run(directory, ("openssl " + arguments).split(" "));
  }

  private static String nginx(int port) {
    StringBuilder servers = new StringBuilder();
    for (String name : List.of("good", "outdated", "another", "stranger", "incomplete")) {
      servers.append(
          """
          server {
            listen 127.0.0.1:%d ssl;
            server_name %s.example;
            ssl_certificate %s.pem;
            ssl_certificate_key key.pem;
            root www;
          }
          """
              .formatted(port, name, name));
    }
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
      types { text/html html; }
    """
        + servers
        + "}\n";
  }

  private String curl(String version, String url, String output) throws Exception {
    return Peer.run(
        directory,
        "curl",
        "-s",
        version,
        "--cacert",
        "ca.crt",
        "-x",
        "http://" + proxy,
        "-o",
        output,
        "-w",
        "%{http_version} %{http_code}",
        url);
  }

  @ParameterizedTest
  @CsvSource({"--http1.1, 1.1", "--http2, 2"})
  void curlTrustsAndGetsWhatItShould(String option, String version) throws Exception {
    assertThat(curl(option, "https://good.example/", "out")).isEqualTo(version + " 200");
    assertThat(directory.resolve("out")).content().contains("let through");
    assertThat(curl(option, "https://good.example/large", "out")).isEqualTo(version + " 200");
    assertThat(directory.resolve("out")).hasSize(3 << 20);
    assertThat(curl(option, "https://good.example/listed.html", "out")).isEqualTo(version + " 403");
    assertThat(curl(option, "https://www.domain.example/", "out")).isEqualTo(version + " 403");
  }

  @ParameterizedTest
  @ValueSource(strings = {"outdated", "another", "stranger", "incomplete"})
  void anOriginThatDoesNotProveWhoItIsIsExplained(String name) throws Exception {
    assertThat(curl("--http2", "https://" + name + ".example/", "out")).isEqualTo("2 502");
    assertThat(directory.resolve("out")).content().contains("identity of this site");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-tls1_3",
        "-tls1_2",
        "-tls1_2 -cipher ECDHE-RSA-AES128-GCM-SHA256",
        "-tls1_3 -sigalgs rsa_pss_rsae_sha256",
        "-servername good.example -alpn h2",
      })
  void opensslVerifiesTheCertificate(String options) throws Exception {
    String seen =
        openssl(
            "s_client -proxy "
                + proxy
                + " -connect good.example:443 -CAfile ca.crt -verify_return_error -x509_strict"
                + " -verify_hostname good.example "
                + options);
    assertThat(seen).contains("Verification: OK").contains("Verified peername: good.example");
  }

  @Test
  void aBrowserTrustsAndShowsThePageOrTheSplashPage() throws Exception {
    Path database = directory.resolve(".pki/nssdb");
    Files.createDirectories(database);
    Peer.run(directory, "certutil", "-N", "-d", "sql:" + database, "--empty-password");
    Peer.run(directory, ("certutil -A -n operator -t C,, -i ca.crt -d sql:" + database).split(" "));
    assertThat(chromium("https://good.example/")).contains("This page was let through.");
    assertThat(chromium("https://good.example/listed.html"))
        .contains("<main")
        .doesNotContain("let through");
    assertThat(chromium("https://domain.example/")).contains("<main");
    assertThat(chromium("https://outdated.example/")).contains("identity of this site");
  }

  private String chromium(String url) throws Exception {
    return Peer.run(
        directory,
        "env",
        "HOME=" + directory,
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + directory.resolve("chromium"),
        "--proxy-server=http://" + proxy,
        "--dump-dom",
        url);
  }
}
