package org.tidegate.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.sync.disk.TestDisk;

/** Keys that are replaced with signatures from several places, one at a time. */
class KeyRotationTest {
  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

  @TempDir private Path directory;

  private Path pub;
  private Path safe;
  private Publisher publisher;

  /** The publisher's root keys lie in a safe each. */
  @BeforeEach
  void takeTheRootKeysAway() throws IOException, PublishException {
    pub = directory.resolve("pub");
    safe = Files.createDirectory(directory.resolve("safe"));
    publisher = TestPublishers.init(pub, NOW, TestDisk.fast());
    for (Path key : rootKeys(pub.resolve("keys"))) {
      Files.move(key, safe.resolve(key.getFileName()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"timestamp", "snapshot", "targets"})
  void signaturesAreCollectedOneAtATime(String name) throws IOException, PublishException {
    Role role = Role.find(name).orElseThrow();
    assertThat(publisher.rotate(Rotation.of(role), NOW)).hasSize(2);
    Path copy = Files.copy(publisher.pendingFile(), directory.resolve("copy.json"));
    signWith(copy, 0);
    assertThat(publisher.sign(List.of(copy), NOW))
        .containsExactly(
            "root 2: 1 more of the keys before, 1 more of its own",
            "root 3: 1 more of the keys before, 1 more of its own");
    publish();
    Path another = Files.copy(publisher.pendingFile(), directory.resolve("another.json"));
    signWith(another, 1);
    assertThat(publisher.sign(List.of(another), NOW)).isEmpty();
    assertThat(publisher.pendingFile()).doesNotExist();
    assertThat(publisher.trustedRoot()).hasSameBinaryContentAs(root(3));
    publish();
  }

  @Test
  void newRootKeysAreGivenByTheirHolders() throws IOException, PublishException {
    SigningKey fresh = SigningKey.generate(null);
    String all = new String(fresh.file(), java.nio.charset.StandardCharsets.US_ASCII);
    Path secret = Files.write(directory.resolve("fresh.pem"), fresh.file());
    Path open =
        Files.writeString(
            directory.resolve("fresh.pub"), all.substring(all.indexOf("-----BEGIN PUBLIC")));
    Rotation rotation = new Rotation(Role.ROOT, List.of(SigningKeyFile.read(open)), 0, 1);
    assertThat(publisher.rotate(rotation, NOW))
        .containsExactly("root 2: 2 more of the keys before, 1 more of its own");
    Path copy = Files.copy(publisher.pendingFile(), directory.resolve("copy.json"));
    signWith(copy, 0);
    signWith(copy, 2);
    Publisher.signElsewhere(copy, SigningKeyFile.read(secret), null);
    assertThat(publisher.sign(List.of(copy), NOW)).isEmpty();
    assertThat(publisher.roles().get(0).keys()).isEqualTo(1);
    assertThat(publisher.roles().get(0).keysHere()).isZero();
  }

  @Test
  void aSignatureThatDoesNotCountIsNotCounted() throws IOException, PublishException {
    publisher.rotate(Rotation.of(Role.TIMESTAMP), NOW);
    Path copy = Files.copy(publisher.pendingFile(), directory.resolve("copy.json"));
    Path stranger = Files.write(directory.resolve("x.pem"), SigningKey.generate(null).file());
    Publisher.signElsewhere(copy, SigningKeyFile.read(stranger), null);
    signWith(copy, 0);
    assertThat(publisher.sign(List.of(copy), NOW)).hasSize(2);
    signWith(copy, 1);
    assertThat(publisher.sign(List.of(copy), NOW)).isEmpty();
    assertThat(Files.readString(root(2))).doesNotContain(SigningKeyFile.read(stranger).key().id());
  }

  @Test
  void filesOfAnotherRotationAreRefused() throws IOException, PublishException {
    publisher.rotate(Rotation.of(Role.TIMESTAMP), NOW);
    Path copy = Files.move(publisher.pendingFile(), directory.resolve("copy.json"));
    publisher.rotate(Rotation.of(Role.TARGETS), NOW);
    assertThatThrownBy(() -> publisher.sign(List.of(copy), NOW))
        .hasMessage("the signed file is of another rotation");
    assertThatThrownBy(() -> publisher.rotate(Rotation.of(Role.SNAPSHOT), NOW))
        .hasMessageStartingWith("a rotation waits for signatures");
    Path none = Files.writeString(directory.resolve("none.json"), "{}");
    assertThatThrownBy(() -> publisher.sign(List.of(none), NOW))
        .hasMessageStartingWith("no roots to be signed");
  }

  @Test
  void withoutARotationThereIsNothingToSign() {
    assertThatThrownBy(() -> publisher.sign(List.of(), NOW))
        .hasMessage("no rotation waits for signatures");
  }

  @Test
  void countsAndThresholdsChange() throws IOException, PublishException {
    for (Path key : rootKeys(safe)) {
      Files.move(key, pub.resolve("keys").resolve(key.getFileName()));
    }
    assertThat(publisher.rotate(new Rotation(Role.ROOT, List.of(), 5, 3), NOW)).isEmpty();
    assertThat(publisher.rotate(new Rotation(Role.TARGETS, List.of(), 2, 2), NOW)).isEmpty();
    assertThat(publisher.rotate(Rotation.of(Role.ROOT), NOW)).isEmpty();
    publish();
    assertThat(publisher.roles())
        .extracting(RoleStatus::keys, RoleStatus::threshold)
        .startsWith(
            org.assertj.core.groups.Tuple.tuple(5, 3), org.assertj.core.groups.Tuple.tuple(2, 2));
    assertThatThrownBy(() -> publisher.rotate(new Rotation(Role.ROOT, List.of(), 2, 3), NOW))
        .hasMessageContaining("threshold 3");
  }

  @Test
  void theNextListKeyIsMadeFirstAndUsedLater() throws IOException, PublishException {
    publish();
    String before = publisher.editions().get(0).keyId();
    String next = publisher.makeNextListKey();
    publish();
    assertThat(publisher.editions().get(0).keyId()).isEqualTo(before).isNotEqualTo(next);
    assertThatThrownBy(() -> publisher.makeNextListKey()).isInstanceOf(PublishException.class);
    assertThat(publisher.useNextListKey()).isEqualTo(next);
    assertThat(publisher.isUnchanged("list", entry(), NOW)).isFalse();
    publish();
    assertThat(publisher.editions().get(0).keyId()).isEqualTo(next);
    assertThatThrownBy(() -> publisher.useNextListKey()).isInstanceOf(PublishException.class);
  }

  @Test
  void theSameEntriesAreUnchangedAndGetANewTimestamp() throws IOException, PublishException {
    assertThat(publisher.isUnchanged("list", entry(), NOW)).isFalse();
    publisher.publish("list", entry(), false, NOW.plusMillis(1500));
    long version = publisher.roles().get(3).version();
    assertThat(publisher.isUnchanged("list", entry(), NOW.plusSeconds(60))).isTrue();
    assertThat(publisher.roles().get(3).version()).isEqualTo(version + 1);
    EntrySource other =
        sink -> sink.entry(1, ListEntry.host(CanonicalHost.parse("b.example").orElseThrow()));
    assertThat(publisher.isUnchanged("list", other, NOW)).isFalse();
  }

  private Path root(int version) {
    return publisher.repository().resolve(version + ".root.json");
  }

  private void signWith(Path copy, int key) throws IOException, PublishException {
    Publisher.signElsewhere(copy, SigningKeyFile.read(rootKeys(safe).get(key)), null);
  }

  private void publish() throws IOException, PublishException {
    publisher.publish("list", entry(), false, NOW);
  }

  private static EntrySource entry() {
    return sink -> sink.entry(1, ListEntry.host(CanonicalHost.parse("a.example").orElseThrow()));
  }

  private static List<Path> rootKeys(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(f -> f.getFileName().toString().startsWith("root-")).sorted().toList();
    }
  }
}
