package org.tidegate.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tidegate.sync.SimulatedPublisher.LIST;
import static org.tidegate.sync.SimulatedPublisher.NOW;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.tidegate.filter.UrlFilter;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.publish.PublishException;
import org.tidegate.sync.HostileServer.Behaviour;
import org.tidegate.sync.UpdateOutcome.Current;
import org.tidegate.sync.UpdateOutcome.Updated;
import org.tidegate.sync.disk.TestDisk;
import org.tidegate.sync.tuf.HttpAccess;
import org.tidegate.sync.tuf.HttpRepository;
import org.tidegate.sync.tuf.Repository;

/** A publisher's repository behind a server that does as it likes. */
class HostileServerIT {
  private static final HttpAccess.Times TIMES =
      new HttpAccess.Times(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(2500));

  @TempDir private static Path shared;
  private static SimulatedPublisher publisher;
  private static HostileServer server;

  @TempDir private Path directory;
  private UrlFilter filter;
  private ListStore store;
  private ListUpdater updater;

  /** Two editions are published; every gateway has the first one. */
  @BeforeAll
  static void publish() throws IOException, PublishException {
    publisher = SimulatedPublisher.init(shared.resolve("pub")).publish(NOW, "listed.example");
    ListStore first = new ListStore(shared.resolve("store"), TestDisk.fast());
    assertThat(new ListUpdater(publisher.source(), first, list -> {}).update(NOW).isGood())
        .isTrue();
    String[] many =
        IntStream.range(0, 4000).mapToObj(i -> "h" + i + ".example").toArray(String[]::new);
    publisher.publish(NOW, many);
    server = HostileServer.start(publisher.directory().resolve("repository"));
  }

  @AfterAll
  static void close() throws IOException {
    server.close();
  }

  @BeforeEach
  void start() throws IOException, PublishException {
    server.behave();
    server.requests.clear();
    SimulatedPublisher.copy(shared.resolve("store"), directory.resolve("store"));
    store = new ListStore(directory.resolve("store"), TestDisk.fast());
    filter = new UrlFilter(publisher.listKey());
    updater = updater(server);
    assertThat(updater.restore()).contains(new Current(1));
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/vectors/hostile-server.tsv", delimiter = '\t')
  void whatAServerDoesHasItsReasonAndTheListStays(String behaviour, String file, String expected) {
    server.treat(request -> request.path().endsWith(file), HostileBehaviour.named(behaviour));
    UpdateOutcome outcome = updater.update(NOW);
    ListStatus seen = updater.status(NOW);
    if (expected.equals("updated")) {
      assertThat(outcome).isEqualTo(new Updated(2));
      assertThat(seen.freshness()).isEqualTo(Freshness.FRESH);
      return;
    }
    assertThat(outcome.reasonCode()).isEqualTo(expected);
    assertEnforced(1);
    assertThat(seen.reason()).isEqualTo(expected);
    assertThat(seen.freshness()).isEqualTo(Freshness.LATE);
    assertThat(store.status(LIST, NOW).reason()).isEqualTo(expected);
    server.behave();
    assertThat(updater.update(NOW)).isEqualTo(new Updated(2));
    assertEnforced(2);
  }

  @Test
  void aBrokenTransferGoesOnWhereItBroke() {
    treatFirst(".tgl", HostileBehaviour::cut);
    assertThat(updater.update(NOW)).isEqualTo(new Updated(2));
    assertThat(lists()).hasSize(2);
    assertThat(server.requests.get(server.requests.size() - 1))
        .containsPattern("\\.tgl bytes=[1-9][0-9]+- if-range$");
    assertEnforced(2);
  }

  @Test
  void aLaterUpdateGoesOnWhereTheOneBeforeBroke() throws IOException, PublishException {
    server.treat(request -> request.path().endsWith(".tgl"), HostileBehaviour::cut);
    assertThat(updater.update(NOW).reasonCode()).isEqualTo("broken");
    assertThat(lists()).hasSize(9);
    server.requests.clear();
    server.behave();
    // Another process, and another mirror, which knows no tag of the first one.
    assertThat(updater(server).update(NOW)).isEqualTo(new Updated(2));
    assertThat(lists()).singleElement().asString().containsPattern("bytes=[1-9][0-9]+-$");
    assertEnforced(2);
  }

  @Test
  void whereTheRestIsNotToBeHadTheWholeIsFetched() {
    boolean[] isCut = {false};
    server.treat(
        request -> request.path().endsWith(".tgl"),
        request -> {
          if (isCut[0]) {
            HostileServer.whole(request);
          } else {
            isCut[0] = true;
            HostileBehaviour.cut(request);
          }
        });
    assertThat(updater.update(NOW)).isEqualTo(new Updated(2));
    assertThat(lists()).hasSize(2);
  }

  @Test
  void anotherPartThanWasAskedForIsNotTaken() {
    boolean[] isCut = {false};
    server.treat(
        request -> request.path().endsWith(".tgl"),
        request -> {
          if (request.fields().containsKey("range")) {
            HostileServer.part(request, HostileServer.from(request) + 7);
          } else if (isCut[0]) {
            HostileServer.serve(request);
          } else {
            isCut[0] = true;
            HostileBehaviour.cut(request);
          }
        });
    assertThat(updater.update(NOW)).isEqualTo(new Updated(2));
    assertThat(lists()).hasSize(3);
  }

  @Test
  void whatAHostileMirrorLeftBehindDoesNotSpoilTheNextOnesFile() {
    server.treat(
        request -> request.path().endsWith(".tgl"),
        request -> {
          request.write("HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n" + "T".repeat(5000));
        });
    assertThat(updater.update(NOW).reasonCode()).isEqualTo("broken");
    server.requests.clear();
    server.behave();
    assertThat(updater.update(NOW)).isEqualTo(new Updated(2));
    assertThat(lists()).hasSize(2);
    assertThat(lists().get(0)).contains("bytes=");
    assertThat(lists().get(1)).doesNotContain("bytes=");
  }

  @Test
  void whatDidNotChangeIsNotSentAgain() {
    assertThat(updater.update(NOW)).isEqualTo(new Updated(2));
    server.requests.clear();
    assertThat(updater.update(NOW)).isEqualTo(new Current(2));
    assertThat(server.requests)
        .hasSize(3)
        .contains("2.root.json", "timestamp.json if-none-match")
        .last()
        .asString()
        .endsWith("manifest.json if-none-match");
  }

  @Test
  void whatWasRefusedIsAskedForAnew() {
    server.treat(
        request -> request.path().endsWith("timestamp.json"),
        request ->
            request.ok(
                "ETag: " + request.tag() + "\r\nContent-Length: 2\r\n", new byte[] {'{', '}'}));
    assertThat(updater.update(NOW).reasonCode()).isEqualTo("malformed");
    server.behave();
    assertThat(updater.update(NOW)).isEqualTo(new Updated(2));
    assertThat(server.requests).doesNotContain("timestamp.json if-none-match");
  }

  private void treatFirst(String end, Behaviour behaviour) {
    boolean[] isTreated = {false};
    server.treat(
        request -> {
          boolean isFirst = request.path().endsWith(end) && !isTreated[0];
          isTreated[0] |= isFirst;
          return isFirst;
        },
        behaviour);
  }

  private List<String> lists() {
    return server.requests.stream().filter(request -> request.contains(".tgl")).toList();
  }

  private ListUpdater updater(HostileServer of) throws IOException, PublishException {
    Repository repository = new HttpRepository(of.place(), HttpAccess.plain(TIMES));
    return new ListUpdater(
        new ListSource(LIST, repository, publisher.trustedRoot(), publisher.listKey()),
        store,
        filter::install);
  }

  private void assertEnforced(long serial) {
    assertThat(filter.lists()).extracting(CompiledList::serial).containsExactly(serial);
  }
}
