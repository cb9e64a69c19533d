package org.tidegate.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Large bodies between curl and nghttpd, in HTTP/2 on both sides of the gateway. */
@Tag("peers")
@SuppressWarnings("NullAway.Init")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class Http2PeersIT {
  private static final String HOST = "files.example";
  private static final int SIZE = 20 << 20;

  private final byte[] bytes = new byte[SIZE];
  private Path directory;
  private Peer nghttpd;
  private InspectedGateway inspected;

  @BeforeAll
  void start() throws Exception {
    directory = Peer.directory("files");
    new SplittableRandom(26).nextBytes(bytes);
    Files.write(directory.resolve("large"), bytes);
    PemFiles pem = new PemFiles(directory);
    pem.key();
    pem.issue(HOST, InspectedGateway.WEB, HOST, Instant.now());
    InetSocketAddress origin =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Peer.freePort());
    nghttpd =
        Peer.server(
            directory,
            origin.getPort(),
            "nghttpd",
            "--echo-upload",
            "-a",
            "127.0.0.1",
            "-d",
            directory.toString(),
            Integer.toString(origin.getPort()),
            "key.pem",
            HOST + ".pem");
    inspected = InspectedGateway.start(origin, ListedFilter.of("domain.example"));
  }

  @AfterAll
  void stop() {
    inspected.close();
    nghttpd.close();
  }

  private String curl(String url, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "curl",
                "-sk",
                "--http2",
                "-x",
                "http://127.0.0.1:" + inspected.gateway.address().getPort(),
                "-H",
                "content-type: application/grpc",
                "-o",
                "out",
                "-w",
                "%{http_version} %{http_code}",
                url));
    command.addAll(Arrays.asList(more));
    return Peer.run(directory, command.toArray(String[]::new));
  }

  @Test
  void largeAnswersPassByteForByte() throws Exception {
    assertThat(curl("https://" + HOST + "/large")).isEqualTo("2 200");
    assertThat(Files.readAllBytes(directory.resolve("out"))).isEqualTo(bytes);
  }

  @Test
  void largeRequestsComeBackByteForByte() throws Exception {
    assertThat(curl("https://" + HOST + "/echo", "--data-binary", "@large")).isEqualTo("2 200");
    assertThat(Files.readAllBytes(directory.resolve("out"))).isEqualTo(bytes);
  }
}
