package org.tidegate.sync.tuf;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expired metadata is not taken, and yet what follows it is. */
class ClientExpiryTest {
  private static final Duration PAST = Duration.ofDays(-5);

  private final SimulatedRepository repository = SimulatedRepository.create();
  private final SimulatedClient client = new SimulatedClient(repository);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "root      | {root=2, snapshot=1, targets=1, timestamp=1}",
        "timestamp | {root=2, snapshot=1, targets=1, timestamp=1}",
        "snapshot  | {root=2, snapshot=1, targets=1, timestamp=2}",
        "targets   | {root=2, snapshot=2, targets=1, timestamp=2}",
      })
  void expiredMetadataIsRefusedAndRootsAreKept(String role, String trusted) {
    client.refresh();
    repository.setExpiry(role, PAST);
    repository.publish("root", "targets", "snapshot", "timestamp");
    assertThat(client.refresh()).isEqualTo("expired");
    assertThat(client.trusted()).isEqualTo(trusted);
  }

  @ParameterizedTest
  @CsvSource({"root", "timestamp", "snapshot", "targets"})
  void whatExpiredSinceIsExpired(String role) {
    repository.setExpiry(role, Duration.ofDays(7));
    repository.publish("root", "targets", "snapshot", "timestamp");
    assertThat(client.refresh()).isEqualTo("good");
    client.pass(Duration.ofDays(7));
    assertThat(client.refresh()).isEqualTo("expired");
  }

  @ParameterizedTest
  @CsvSource({"root", "timestamp", "snapshot", "targets"})
  void whatExpiredIsFollowedByWhatHasNot(String role) {
    repository.setExpiry(role, Duration.ofDays(7));
    repository.publish("root", "targets", "snapshot", "timestamp");
    client.refresh();
    repository.setExpiry(role, Duration.ofDays(21));
    repository.publish("root", "targets", "snapshot", "timestamp");
    client.pass(Duration.ofDays(18));
    assertThat(client.refresh()).isEqualTo("good");
    assertThat(client.trusted()).isEqualTo("{root=3, snapshot=3, targets=3, timestamp=3}");
  }

  @Test
  void expiredRootsOnTheWayDoNotMatter() {
    repository.setExpiry("root", PAST);
    repository.publish("root");
    repository.setExpiry("root", Duration.ofDays(1));
    repository.publish("root");
    assertThat(client.refresh()).isEqualTo("good");
    assertThat(client.trusted()).contains("root=3");
  }

  @Test
  void anExpiredTimestampStillBoundsTheNextOne() {
    repository.publish("timestamp");
    repository.setExpiry("timestamp", Duration.ofDays(7));
    repository.publish("timestamp");
    client.refresh();
    client.pass(Duration.ofDays(8));
    repository.published("timestamp").remove(2);
    assertThat(client.refresh()).isEqualTo("rollback");
  }

  @Test
  void anExpiredDelegatedRoleAnswersForNothing() {
    repository.delegate("targets", "delegated", List.of("path/*"), false);
    repository.addTarget("delegated", "path/target", new byte[] {1});
    repository.setExpiry("delegated", PAST);
    repository.publish("delegated", "targets", "snapshot", "timestamp");
    assertThat(client.refresh()).isEqualTo("good");
    assertThat(client.search("path/target")).isEqualTo("expired");
    assertThat(client.trusted()).isEqualTo("{root=1, snapshot=2, targets=2, timestamp=2}");
  }

  @Test
  void aDelegatedRoleThatExpiredSinceIsReplaced() {
    repository.delegate("targets", "delegated", List.of("path/*"), false);
    repository.addTarget("delegated", "path/target", new byte[] {1});
    repository.setExpiry("delegated", Duration.ofDays(7));
    repository.publish("delegated", "targets", "snapshot", "timestamp");
    assertThat(client.search("path/target")).isEqualTo("good");
    client.pass(Duration.ofDays(18));
    assertThat(client.search("path/target")).isEqualTo("expired");
    repository.setExpiry("delegated", Duration.ofDays(21));
    repository.publish("delegated", "snapshot", "timestamp");
    assertThat(client.search("path/target")).isEqualTo("good");
  }
}
