package org.tidegate.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidegate.proxy.ca.AuthorityWriter;

/** Calls of a real client of gRPC to a real server, through inspected TLS. */
@Tag("peers")
@SuppressWarnings("NullAway.Init")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class GrpcIT {
  private static final String HOST = "calls.example";

  private Path directory;
  private String program;
  private Peer server;
  private InspectedGateway inspected;

  @BeforeAll
  void start() throws Exception {
    directory = Peer.directory("calls");
    program = Path.of(GrpcIT.class.getResource("/peers/calls.py").toURI()).toString();
    AuthorityWriter.writeCertificate(InspectedGateway.OPERATOR, directory.resolve("ca.crt"));
    PemFiles pem = new PemFiles(directory);
    pem.key();
    pem.issue(HOST, InspectedGateway.WEB, HOST, Instant.now());
    InetSocketAddress origin =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Peer.freePort());
    String port = Integer.toString(origin.getPort());
    server =
        Peer.server(
            directory,
            origin.getPort(),
            "python3",
            program,
            "serve",
            port,
            "key.pem",
            HOST + ".pem");
    inspected = InspectedGateway.start(origin, ListedFilter.of(HOST + "/t.Listed/"));
  }

  @AfterAll
  void stop() {
    inspected.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "unary | ('hello', '1', '2')",
        "empty | 0",
        "server_streaming | True",
        "client_streaming | True",
        "bidi | True",
        "trailers_only | ('NOT_FOUND', 'no such thing: 100 %')",
        "error_after_data | (('DATA_LOSS', 'half of it'), [b'begun'])",
        "early_answer | 1000",
        "deadline | (('DEADLINE_EXCEEDED', 'Deadline Exceeded'), '1')",
        "cancel | ('CANCELLED', '1')",
        "large | True",
        "large_streams | True",
        "concurrent | True",
        "slow_consumer | 200",
        "listed | PERMISSION_DENIED",
      })
  void calls(String kind, String seen) throws Exception {
    String proxy = "127.0.0.1:" + inspected.gateway.address().getPort();
    String printed = Peer.run(directory, "python3", program, "call", proxy, "ca.crt", kind);
    assertThat(printed.strip()).as(Files.readString(directory.resolve("log"))).isEqualTo(seen);
  }
}
