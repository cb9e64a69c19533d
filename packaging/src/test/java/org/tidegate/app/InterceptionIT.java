package org.tidegate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The distribution between a client and an origin that know nothing of it, with the rules that it
 * ships: each kind of interception, both families, by curl and by Chromium.
 */
@SuppressWarnings("NullAway.Init")
@Tag("peers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class InterceptionIT {
  private static final Path HOME = Path.of("target/tidegate").toAbsolutePath();
  private static final String INSPECTED = ", tls: inspect";

  @TempDir static Path directory;
  private Namespaces machines;
  private Process gateway;

  @BeforeAll
  void build() throws IOException {
    machines = new Namespaces(directory);
    Path keys = directory.resolve("keys.p12");
    List<String> keytool = new ArrayList<>();
    keytool.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    keytool.addAll(
        List.of("-storepass", "changeit", "-alias", "origin", "-keystore", keys.toString()));
    List<String> export = new ArrayList<>(keytool);
    keytool.addAll(List.of("-genkeypair", "-keyalg", "EC", "-dname", "CN=origin"));
    keytool.addAll(List.of("-ext", "san=dns:one.example,dns:two.example"));
    machines.run(machines.origin, keytool.toArray(String[]::new));
    export.addAll(List.of("-exportcert", "-rfc", "-file", directory.resolve("web.crt").toString()));
    machines.run(machines.origin, export.toArray(String[]::new));
    Path log = directory.resolve("origin.log");
    String[] origin = Namespaces.java(NamespaceOrigin.class, keys.toString());
    machines.start(machines.origin, log, origin);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> curl("http://203.0.113.2/").contains("saw 192.0.2.2 "));
  }

  @AfterAll
  void remove() throws IOException {
    machines.close();
  }

  @AfterEach
  void stop() throws IOException {
    Namespaces.end(gateway);
    machines.run(machines.gateway, HOME.resolve("interception/undo").toString());
  }

  private void start(String mode, String source, String capabilities) throws IOException {
    String shipped = Files.readString(HOME.resolve("interception/" + mode + ".nft"));
    assertThat(apply(mode, shipped.replace("\"eth1\"", "\"g0\""))).isEqualTo("exit 0");
    Path log = directory.resolve("gateway.log");
    gateway = machines.start(machines.gateway, log, command(mode, source, capabilities));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !gateway.isAlive() || Files.readString(log).contains("ready: "));
    assertThat(gateway.isAlive()).as(() -> read(log)).isTrue();
  }

  private String apply(String mode, String text) throws IOException {
    Path rules = Files.writeString(directory.resolve(mode + ".nft"), text);
    String apply = HOME.resolve("interception/apply").toString();
    return machines.run(machines.gateway, apply, mode, rules.toString());
  }

  /** The launcher, with no more rights than those. */
  private static String[] command(String mode, String source, String capabilities)
      throws IOException {
    Files.writeString(
        directory.resolve("list.txt"), "listed.example\none.example/listed/\n203.0.113.7\n");
    Path file = directory.resolve("c.yaml");
    Files.writeString(
        file,
        """
        listeners:
          transparent:
            - {address: "[::]:8443", mode: %s, source: %s}
        lists:
          - {name: own, kind: block, source: {file: list.txt, format: native}}
        upstream: {dns: [203.0.113.2], trust: web.crt}
        """
                .formatted(mode, source)
            + (source.endsWith(INSPECTED) ? "inspection: {certificate: ca.crt, key: ca.key}" : ""));
    return new String[] {
      "env",
      "JAVA_HOME=" + System.getProperty("java.home"),
      "setpriv",
      "--bounding-set=-all" + capabilities,
      "--inh-caps=-all" + capabilities,
      HOME.resolve("bin/tidegate").toString(),
      "run",
      "--config",
      file.toString()
    };
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** What a client gets, its status last. */
  private String curl(String... arguments) throws IOException {
    List<String> all =
        new ArrayList<>(List.of("curl", "-sS", "-m", "20", "-w", "status %{http_code} "));
    all.addAll(List.of(arguments));
    return machines.run(machines.client, all.toArray(String[]::new));
  }

  private String ask(String url, String address) throws IOException {
    String authority = url.replaceFirst("https?://([^/]*)/.*", "$1");
    String port = url.startsWith("https") ? "443" : "80";
    return curl("-k", "--resolve", authority + ":" + port + ":" + address, url);
  }

  @Test
  void rulesTakeThePlaceOfThoseBeforeOrLeaveThemAsTheyAre() throws IOException {
    for (String mode : List.of("redirect", "tproxy", "redirect", "tproxy")) {
      String shipped = Files.readString(HOME.resolve("interception/" + mode + ".nft"));
      assertThat(apply(mode, shipped)).isEqualTo("exit 0");
      assertThat(apply(mode, shipped + "table inet tidegate { chain x { none } }"))
          .endsWith("exit 1");
      assertThat(machines.run(machines.gateway, "nft", "list", "table", "inet", "tidegate"))
          .contains(mode + " ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tproxy, client, ',+net_raw', 192.0.2.2, 2001:db8:1::2",
    "tproxy, gateway, ',+net_raw', 203.0.113.1, 2001:db8:2::1",
    "redirect, gateway, '', 203.0.113.1, 2001:db8:2::1",
  })
  void clientsReachWhatIsNotListedAndNothingElse(
      String mode, String source, String capabilities, String ipv4, String ipv6) throws Exception {
    start(mode, source, capabilities);
    String four = Namespaces.ORIGIN_IPV4;
    String six = "[" + Namespaces.ORIGIN_IPV6 + "]";
    String ipv6Seen = java.net.InetAddress.getByName(ipv6).getHostAddress();
    for (String scheme : List.of("http", "https")) {
      assertThat(ask(scheme + "://one.example/a?b", four))
          .contains("saw " + ipv4 + " ask one.example for /a?b", "status 200");
      assertThat(ask(scheme + "://one.example/a?b", six))
          .contains("saw " + ipv6Seen + " ask one.example for /a?b", "status 200");
    }
    for (String address : List.of(four, six)) {
      assertThat(ask("http://one.example/x/../listed/", address)).contains("status 403");
      assertThat(ask("http://www.listed.example/", address)).contains("status 403");
      assertThat(ask("https://www.listed.example/", address)).contains("access denied");
    }
    assertThat(curl("-k", "https://" + four + "/")).contains("status 200"); // names no server
    assertThat(curl("-k", "https://203.0.113.7/")).contains("access denied");
    assertThat(curl("http://203.0.113.7/")).contains("status 403");
    inBrowser(four, six);
    pastTheGateway();
  }

  private void inBrowser(String four, String six) throws IOException {
    String anybody = "--ignore-certificate-errors";
    assertThat(chromium("http://one.example/page", four, anybody))
        .contains("ask one.example for /page");
    assertThat(chromium("https://one.example/tls", six, anybody))
        .contains("ask one.example for /tls");
    assertThat(chromium("http://one.example/listed/", six, anybody)).contains("<main");
  }

  /** Clients that trust the operator's authority, on their way to whom they think they talk to. */
  @Test
  void tlsIsInspectedOnItsWay() throws IOException {
    String ca = directory.resolve("ca.crt").toString();
    machines.run(
        machines.gateway,
        "env",
        "JAVA_HOME=" + System.getProperty("java.home"),
        HOME.resolve("bin/tidegate").toString(),
        "ca",
        "init",
        "--dir",
        directory.toString());
    start("tproxy", "client" + INSPECTED, ",+net_raw");
    String four = Namespaces.ORIGIN_IPV4;
    String six = "[" + Namespaces.ORIGIN_IPV6 + "]";
    String ipv6Seen = java.net.InetAddress.getByName("2001:db8:1::2").getHostAddress();
    for (String version : List.of("--http1.1", "--http2")) {
      assertThat(trusting(ca, version, "one.example", "/a?b", four))
          .contains("saw 192.0.2.2 ask one.example for /a?b", "status 200");
      assertThat(trusting(ca, version, "one.example", "/a?b", six))
          .contains("saw " + ipv6Seen + " ask one.example for /a?b", "status 200");
      for (String address : List.of(four, six)) {
        assertThat(trusting(ca, version, "one.example", "/x/../%6cisted/", address))
            .contains("<main", "status 403");
        assertThat(trusting(ca, version, "www.listed.example", "/", address))
            .contains("<main", "status 403");
      }
    }
    assertThat(ask("http://one.example/a", four)).contains("saw 192.0.2.2 ", "status 200");
    assertThat(ask("http://one.example/listed/", six)).contains("status 403");
    ofRsaAlone(ca, four);
    inTrustingBrowser(ca, four, six);
  }

  private String trusting(String ca, String version, String host, String path, String address)
      throws IOException {
    String resolve = host + ":443:" + address;
    return curl(
        version, "--cacert", ca, "--path-as-is", "--resolve", resolve, "https://" + host + path);
  }

  private void ofRsaAlone(String ca, String address) throws IOException {
    String client =
        "openssl s_client -connect %s:443 -servername one.example -CAfile %s -verify_return_error"
            + " -verify_hostname one.example %s </dev/null";
    for (String only :
        List.of(
            "-tls1_2 -cipher ECDHE-RSA-AES128-GCM-SHA256",
            "-tls1_3 -sigalgs rsa_pss_rsae_sha256")) {
      assertThat(machines.run(machines.client, "sh", "-c", client.formatted(address, ca, only)))
          .contains("Verification: OK", "type: RSA");
    }
  }

  private void inTrustingBrowser(String ca, String four, String six) throws IOException {
    Path database = directory.resolve(".pki/nssdb");
    Files.createDirectories(database);
    String sql = "sql:" + database;
    machines.run(machines.client, "certutil", "-N", "-d", sql, "--empty-password");
    machines.run(
        machines.client, "certutil", "-A", "-n", "operator", "-t", "C,,", "-i", ca, "-d", sql);
    assertThat(chromium("https://one.example/page", four)).contains("ask one.example for /page");
    assertThat(chromium("https://one.example/page", six)).contains("ask one.example for /page");
    assertThat(chromium("https://one.example/listed/", six)).contains("<main");
    assertThat(chromium("https://listed.example/", four)).contains("<main");
  }

  private String chromium(String url, String address, String... more) throws IOException {
    List<String> all = new ArrayList<>(List.of("env", "HOME=" + directory));
    all.addAll(
        List.of(
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-features=HttpsUpgrades,HttpsFirstBalancedMode",
            "--user-data-dir=" + directory.resolve("chromium"),
            "--host-resolver-rules=MAP * " + address,
            "--dump-dom"));
    all.addAll(List.of(more));
    all.add(url);
    return machines.run(machines.client, all.toArray(String[]::new));
  }

  /** Addresses that the host does not have, the gateway's own, and HTTP/3. */
  private void pastTheGateway() throws IOException {
    assertThat(curl("-H", "Host: one.example", "http://203.0.113.99/elsewhere"))
        .contains("ask one.example for /elsewhere");
    assertThat(curl("-H", "Host: one.example", "http://192.0.2.1:8443/")).contains("status 403");
    String datagram = "exec 3<>/dev/udp/203.0.113.2/443; echo x >&3; timeout 5 cat <&3";
    assertThat(machines.run(machines.client, "bash", "-c", datagram))
        .contains("Connection refused");
  }

  @Test
  void everyRequestLeavesFromItsOwnClientsAddress() throws IOException {
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      addresses.add("192.0.2." + (100 + i));
      addresses.add("2001:db8:1::" + (100 + i));
    }
    for (String address : addresses) {
      int bits = address.contains(":") ? 64 : 24;
      Namespaces.address(machines.client, "c0", address + "/" + bits + " preferred_lft 0");
    }
    start("tproxy", "client", ",+net_raw");
    assertThat(
            machines.run(
                machines.client,
                Namespaces.java(NamespaceClients.class, addresses.toArray(String[]::new))))
        .startsWith("every address right in 3072 requests");
  }

  @Test
  void oneCapabilityIsAllItHasAndWithoutItItDoesNotStart() throws IOException {
    start("tproxy", "client", ",+net_raw");
    assertThat(Path.of("/proc", String.valueOf(gateway.pid()), "status"))
        .content()
        .contains("CapEff:\t0000000000002000\n"); // CAP_NET_RAW
    Namespaces.end(gateway);
    for (String source : List.of("client", "gateway")) {
      assertThat(machines.run(machines.gateway, command("tproxy", source, "")))
          .matches(
              "tidegate run: \\S+:8443: the kernel did not grant IP_TRANSPARENT \\(expected: the"
                  + " capability CAP_NET_RAW\\) \\(listeners in \\S+\\)\nexit 2");
    }
  }

  @Test
  void whileItIsDownNobodyGetsPastAndUndoOpensTheWay() throws IOException {
    for (String mode : List.of("tproxy", "redirect")) {
      start(mode, "gateway", ",+net_raw");
      Namespaces.end(gateway);
      for (String address : List.of("203.0.113.2", "[2001:db8:2::2]")) {
        assertThat(ask("http://one.example/", address)).contains("onnect", "status 000");
      }
      machines.run(machines.gateway, HOME.resolve("interception/undo").toString());
      assertThat(ask("http://one.example/", "203.0.113.2")).contains("saw 192.0.2.2 ");
      assertThat(machines.run(machines.gateway, "nft", "list", "ruleset")).isEqualTo("exit 0");
      assertThat(machines.run(machines.gateway, "ip", "rule")).doesNotContain("7467");
    }
  }
}
