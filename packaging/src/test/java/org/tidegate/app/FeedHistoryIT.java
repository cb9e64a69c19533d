package org.tidegate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.app.FeedHistory.Edition;
import org.tidegate.filter.UrlFilter;
import org.tidegate.proxy.Gateway;
import org.tidegate.proxy.GatewayConfig;
import org.tidegate.proxy.upstream.ParentProxy;
import org.tidegate.publish.PublishException;
import org.tidegate.sync.ListUpdater;
import org.tidegate.sync.UpdateOutcome;

/**
 * Two months of a real feed, published and followed edition by edition, through a gateway whose
 * parent answers whatever is asked: no name is resolved, and nothing leaves the machine.
 */
@Tag("peers")
@Timeout(900)
class FeedHistoryIT {
  @TempDir Path directory;
  private TestPublisher publisher;
  private FeedHistory history;

  @BeforeEach
  void unpack() throws Exception {
    history = FeedHistory.unpack(directory);
    publisher = TestPublisher.init(directory, "feed");
  }

  @Test
  void eachOfTheFirstEditionsIsEnforcedAsSoonAsItIsInstalled() throws Exception {
    followed(40);
  }

  @Test
  @Tag("nightly")
  void eachEditionIsEnforcedAsSoonAsItIsInstalled() throws Exception {
    followed(120);
  }

  private void followed(int editions) throws Exception {
    UrlFilter filter = new UrlFilter(publisher.key());
    ListUpdater updater = publisher.updater("store", filter);
    try (DemoOrigin parent = DemoOrigin.start();
        Gateway gateway = gateway(parent, filter);
        TestClient client = new TestClient(gateway.address())) {
      for (int i = 0; i < editions; i++) {
        publish(i);
        assertThat(updater.update(Instant.now())).isEqualTo(new UpdateOutcome.Updated(i + 1));
        follow(client, parent, i);
      }
    }
  }

  @Test
  @Tag("nightly")
  void aGatewayFollowsThemByItself() throws Exception {
    try (DemoOrigin parent = DemoOrigin.start()) {
      publish(0);
      try (GatewayProgram program = GatewayProgram.start(directory, configuration(parent));
          TestClient client = new TestClient(program.proxy)) {
        for (int i = 0; i < history.editions().size(); i++) {
          if (i > 0) {
            publish(i);
          }
          program.awaitSerial("feed", i + 1);
          follow(client, parent, i);
        }
      }
    }
  }

  private void publish(int index) throws IOException, PublishException {
    publisher.publish(history.editions().get(index).source());
  }

  /** No URL stands in a failure: only how many are judged otherwise. */
  private void follow(TestClient client, DemoOrigin parent, int index) throws IOException {
    Edition edition = history.editions().get(index);
    long before = parent.requests();
    assertThat(judged(client, edition.urls(), 403)).as("blocked of edition %d", index).isZero();
    assertThat(parent.requests()).as("requests that reached an origin").isEqualTo(before);
    if (index > 0) {
      List<String> gone = edition.uncovered(history.editions().get(index - 1));
      assertThat(judged(client, gone, 200)).as("passed after edition %d", index).isZero();
      assertThat(parent.requests()).isEqualTo(before + gone.size());
    }
  }

  /** How many of the URLs are answered in another way. */
  private static int judged(TestClient client, List<String> urls, int expected) throws IOException {
    int others = 0;
    for (String url : urls) {
      others += client.get("http://" + SentUrl.of(url)) == expected ? 0 : 1;
    }
    return others;
  }

  private static Gateway gateway(DemoOrigin parent, UrlFilter filter) throws IOException {
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return Gateway.start(
        GatewayConfig.listeningOn(loopback)
            .parent(new ParentProxy("127.0.0.1", parent.address().getPort()))
            .build(),
        filter);
  }

  private Path configuration(DemoOrigin parent) throws IOException {
    return publisher.configuration(
        "upstream: {parent: 127.0.0.1:" + parent.address().getPort() + "}\n");
  }
}
