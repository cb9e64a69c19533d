package org.tidegate.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.app.DemoProof.Outcome;
import org.tidegate.app.DemoRow.Expected;
import org.tidegate.filter.list.ListFormat;
import org.tidegate.proxy.upstream.ParentProxy;

class DemoIT {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path temp;

  @Test
  void provesItselfAndEnds() {
    assertThat(run("demo", "--once", "--port", "0")).isZero();
    assertThat(out.toString(UTF_8))
        .contains("listed domain", "listed prefix", "listed page", "percent-encoded", "look-alike")
        .contains("CONNECT to the listed domain  refused      refused (403)      ✓\n")
        .contains("the list's canary             splash page  splash page (403)  ✓\n")
        .contains("refresh: entry added          splash page  splash page (403)  ✓\n")
        .contains("refresh: entry removed        passed on    passed on (200)    ✓\n")
        .doesNotContain("✗");
    assertThat(err.size()).isZero();
  }

  @Test
  void saysOnOneLineThatThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      assertThat(run("demo", "--once", "--port", port)).isEqualTo(2);
      assertThat(err.toString(UTF_8))
          .isEqualTo("tidegate demo: port " + port + " is taken (--port chooses another)\n");
      assertThat(out.size()).isZero();
    }
  }

  @Test
  void aRowThatFailsIsSeenToFail() throws Exception {
    try (Demo demo = Demo.start(0, list("listed.example"))) {
      List<Outcome> outcomes =
          demo.prove(
              List.of(
                  DemoRow.get("open", Expected.SPLASH, "other.example/"),
                  DemoRow.get("closed", Expected.PASSED, "listed.example/"),
                  DemoRow.connect("tunnel", Expected.REFUSED, "other.example")));
      assertThat(outcomes).extracting(Outcome::asExpected).containsOnly(false);
      assertThat(outcomes)
          .extracting(Outcome::seen)
          .containsExactly("the origin was asked", "splash page (403)", "answered (200)");
    }
  }

  @Test
  void passesATargetOnByteForByte() throws Exception {
    try (Demo demo = Demo.start(0, list("listed.example"))) {
      DemoRow odd = DemoRow.get("odd", Expected.PASSED, "other.example/a%2Fb|\"{}/?q=[x]&%zz=ü");
      assertThat(demo.prove(List.of(odd)))
          .extracting(Outcome::seen)
          .containsOnly("passed on (200)");
    }
  }

  @Test
  void provesAVisitorsListByEntryNumber() throws Exception {
    DemoList.Entries list =
        list("a.example", "=b.example", "c.example/x/", "d.example:81/p", "e.example/q?r=s");
    try (Demo demo = Demo.start(0, list)) {
      List<Outcome> outcomes = demo.prove(DemoRows.of(demo.list()));
      assertThat(outcomes).allMatch(Outcome::asExpected).hasSizeGreaterThan(15);
      assertThat(outcomes)
          .extracting(o -> o.row().name())
          .noneMatch(name -> name.contains("example"))
          .anyMatch(name -> name.matches("entry [1-7] \\(page\\)"));
    }
  }

  @Test
  void enforcesAListOfOnesOwnWithoutPrintingIt() throws Exception {
    Path file = Files.writeString(temp.resolve("own.txt"), "http://own.example/page\n");
    String[] list = {"--list", file.toString(), "--format", "urls"};
    assertThat(run("demo", "--once", "--port", "0", list[0], list[1], list[2], list[3])).isZero();
    assertThat(out.toString(UTF_8))
        .containsPattern("entry [123] \\(page\\) +splash page +splash page \\(403\\) +✓")
        .doesNotContain("own.example", "✗");
  }

  @Test
  void wantsTheFormatOfAList() {
    assertThat(run("demo", "--once", "--list", "x")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("--format").hasLineCount(1);
    err.reset();
    assertThat(run("demo", "--list", temp.resolve("none").toString(), "--format", "urls"))
        .isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("no such file").hasLineCount(1);
  }

  @Test
  void sendsEverythingElseToTheParent() throws Exception {
    try (Demo behind = Demo.start(0, list("behind.example"));
        Demo front =
            Demo.start(0, list("front.example"), new ParentProxy("127.0.0.1", port(behind)))) {
      assertThat(front.originAddress()).isEmpty();
      assertThat(front.prove(DemoRows.of(front.list()))).isEmpty();
      assertThat(front.proveRefresh()).isEmpty();
      try (DemoOrigin unused = DemoOrigin.start()) {
        DemoProof proof = new DemoProof(front.gatewayAddress(), unused, "Tidegate demo list");
        DemoRow passed = DemoRow.get("passed", Expected.PASSED, "other.example/x?y");
        assertThat(proof.run(List.of(passed)))
            .extracting(Outcome::seen)
            .containsOnly("passed on (200)");
      }
    }
  }

  @Test
  void staysUpUntilItIsStopped() throws Exception {
    Path printed = temp.resolve("out");
    Process demo =
        new Shell(temp)
            .with("JAVA_HOME", System.getProperty("java.home"))
            .with("LC_ALL", "C")
            .start(printed, temp.resolve("err"), Shell.TIDEGATE.toString(), "demo", "--port", "0");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> Files.readString(printed).contains("Ctrl-C stops it."));
    assertThat(demo.isAlive()).isTrue();
    assertThat(Files.readString(printed)).contains("✓", "curl -i -x http://127.0.0.1:");
    demo.destroy();
    assertThat(Shell.end(demo)).isEqualTo(128 + 15);
    assertThat(temp.resolve("err")).isEmptyFile();
  }

  private static int port(Demo demo) {
    InetSocketAddress address = demo.gatewayAddress();
    return address.getPort();
  }

  private DemoList.Entries list(String... lines) throws Exception {
    Path file = Files.createTempFile(temp, "list", ".txt");
    Files.writeString(file, String.join("\n", lines));
    return new DemoList.Entries(
        new ListEntries(
            new ListText(file, ListFormat.NATIVE),
            List.of(),
            List.of(),
            false,
            new PrintWriter(out)),
        false);
  }

  private int run(String... args) {
    return Tidegate.run(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), args);
  }

  @Test
  void operatorsSeeItAtTheAdminPort() throws Exception {
    try (Demo demo = Demo.start(0, list("listed.example"))) {
      assertThat(demo.adminAddress()).isEmpty();
      demo.openAdmin(0);
      int port = demo.adminAddress().orElseThrow().getPort();
      URI ready = URI.create("http://127.0.0.1:" + port + "/ready");
      await()
          .until(
              () -> ((HttpURLConnection) ready.toURL().openConnection()).getResponseCode() == 200);
      assertThatThrownBy(() -> demo.openAdmin(port)).isInstanceOf(PortException.class);
    }
  }
}
