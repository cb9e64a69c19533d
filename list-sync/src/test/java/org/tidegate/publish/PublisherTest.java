package org.tidegate.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ConfirmedEntry;
import org.tidegate.filter.index.HoldReason;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.filter.index.PreCheck;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.list.ListSink;
import org.tidegate.filter.list.RefusalReason;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.sync.disk.TestDisk;
import org.tidegate.sync.json.CanonicalJson;
import org.tidegate.sync.json.Json;
import org.tidegate.sync.json.JsonException;
import org.tidegate.sync.json.JsonObject;

class PublisherTest {
  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

  @TempDir Path directory;

  private Publisher publisher;

  @BeforeEach
  void init() throws IOException, PublishException {
    publisher = TestPublishers.init(directory, NOW, TestDisk.fast());
  }

  @Test
  void secretsAreTheirOwnersAlone() throws IOException {
    try (Stream<Path> keys = Files.list(directory.resolve("keys"))) {
      List<Path> secrets =
          Stream.concat(keys, Stream.of(publisher.listKeyFile(), publisher.preCheckKeyFile()))
              .toList();
      assertThat(secrets).hasSize(8);
      for (Path secret : secrets) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
            .isEqualTo("rw-------");
      }
    }
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("keys"))))
        .isEqualTo("rwx------");
  }

  @Test
  void keyIdsAreTheHashOfTheKey() throws IOException, JsonException {
    JsonObject keys =
        Json.parse(Files.readAllBytes(publisher.trustedRoot())).object("signed").object("keys");
    assertThat(keys.names()).hasSize(6);
    for (String id : keys.names()) {
      byte[] canonical = CanonicalJson.bytes(keys.object(id).fields());
      assertThat(SigningKey.sha256(canonical)).isEqualTo(id);
    }
  }

  @Test
  void serialsAndVersionsOnlyGrow() throws IOException, PublishException {
    for (int serial = 1; serial <= 9; serial++) {
      assertThat(publish("n" + serial, 1).serial()).isEqualTo(1);
      assertThat(publish("list", 1).serial()).isEqualTo(serial);
    }
    assertThat(publisher.editions()).hasSize(10);
    assertThat(publisher.roles())
        .extracting(RoleStatus::version)
        .containsExactly(1L, 19L, 19L, 19L);
  }

  @Test
  void oldEditionsAreCleanedAway() throws IOException, PublishException {
    for (int serial = 1; serial <= 9; serial++) {
      publish("list", 1);
    }
    try (Stream<Path> files = Files.walk(publisher.repository())) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      assertThat(names.stream().filter(name -> name.endsWith(".tgl"))).hasSize(2);
      assertThat(names.stream().filter(name -> name.endsWith(".snapshot.json"))).hasSize(6);
      assertThat(names)
          .contains("1.root.json", "10.targets.json")
          .noneMatch(n -> n.endsWith("tmp"));
    }
  }

  @Test
  void whatIsPublishedIsTheCompiledList()
      throws IOException, PublishException, ListFormatException {
    Draft draft = publish("list", 3);
    CompiledList list = CompiledList.open(draft.bytes());
    assertThat(list.entries()).isEqualTo(3);
    assertThat(list.hasKey(ListKeyFile.read(publisher.listKeyFile()))).isTrue();
    Edition edition = publisher.editions().get(0);
    assertThat(edition)
        .isEqualTo(new Edition("list", 1, 3, draft.bytes().length, list.keyId(), NOW));
  }

  @Test
  void suddenGrowthAndShrinkageAreHeldBackFromAThousandEntriesOn()
      throws IOException, PublishException {
    publish("small", 999);
    publish("small", 1);
    publish("large", 1000);
    publish("large", 2000);
    assertThatThrownBy(() -> publish("large", 999)).hasMessageContaining("held back");
    assertThatThrownBy(() -> publish("large", 4001)).hasMessageContaining("held back");
    assertThat(publisher.publish("large", entries(1), true, NOW).serial()).isEqualTo(3);
  }

  @Test
  void anEmptyListIsNotPublished() {
    EntrySource refused = sink -> sink.refused(1, RefusalReason.INVALID_HOST);
    assertThatThrownBy(() -> publisher.publish("list", refused, false, NOW))
        .isInstanceOf(PublishException.class)
        .hasMessage("no entry is left of the list: held back (--any-size lets it pass)");
  }

  @Test
  void whatWasConfirmedStandsInTheManifest() throws IOException, PublishException, JsonException {
    publish("list", 1000);
    EntrySource confirmed =
        new EntrySource() {
          @Override
          public void read(ListSink sink) {
            sink.entry(1, ListEntry.domain(CanonicalHost.parse("co.uk").orElseThrow()));
            sink.entry(2, ListEntry.domain(CanonicalHost.parse("big.example").orElseThrow()));
            sink.entry(3, ListEntry.domain(CanonicalHost.parse("com").orElseThrow()));
          }

          @Override
          public List<CanonicalHost> confirmed() {
            return List.of(CanonicalHost.parse("co.uk").orElseThrow());
          }

          @Override
          public List<CanonicalHost> shared() {
            return List.of(CanonicalHost.parse("www.big.example").orElseThrow());
          }
        };
    Draft draft = publisher.publish("list", confirmed, true, NOW);
    publish("list", 1);

    assertThat(draft.entries()).isEqualTo(1);
    assertThat(draft.compilation().heldBack(HoldReason.SHARED_HOST)).isEqualTo(1);
    assertThat(draft.compilation().confirmed())
        .extracting(ConfirmedEntry::reason)
        .containsExactly(HoldReason.REGISTRY_SUFFIX);
    assertThat(manifest("list").objects("confirmed")).isEmpty();
    JsonObject change = manifest("list").objects("size_changes").get(0);
    assertThat(change.number("serial")).isEqualTo(2);
    assertThat(change.number("before")).isEqualTo(1000);
    assertThat(change.number("after")).isEqualTo(1);
  }

  @Test
  void thePreCheckIsATargetBesideTheList()
      throws IOException, PublishException, JsonException, ListFormatException {
    publish("list", 3);
    JsonObject target = manifest("list").object("pre_check");
    Path file = directory.resolve("repository/targets/lists/list");
    byte[] bytes = Files.readAllBytes(file.resolve(target.string("sha256") + ".1.bloom"));

    assertThat(target.string("path")).isEqualTo("lists/list/1.bloom");
    assertThat(target.number("length")).isEqualTo(bytes.length);
    assertThat(target.string("key_id"))
        .isEqualTo(ListKeyFile.read(publisher.preCheckKeyFile()).id())
        .isNotEqualTo(ListKeyFile.read(publisher.listKeyFile()).id());
    assertThat(PreCheck.open(bytes, ListKeyFile.read(publisher.preCheckKeyFile()))).isNotNull();
  }

  private JsonObject manifest(String list) throws IOException, JsonException {
    Path lists = directory.resolve("repository/targets/lists").resolve(list);
    try (Stream<Path> files = Files.list(lists)) {
      List<JsonObject> manifests = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".manifest.json")).toList()) {
        manifests.add(Json.parse(Files.readAllBytes(file)));
      }
      return Collections.max(manifests, Comparator.comparing(PublisherTest::serial));
    }
  }

  private static long serial(JsonObject manifest) {
    try {
      return manifest.number("serial");
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anOddNameIsRefused() {
    assertThatThrownBy(() -> publish("../list", 1)).isInstanceOf(PublishException.class);
  }

  @Test
  void withoutItsKeysARotationWaits() throws IOException, PublishException {
    try (Stream<Path> keys = Files.list(directory.resolve("keys"))) {
      List<Path> roots = keys.filter(f -> f.getFileName().toString().startsWith("root")).toList();
      Files.delete(roots.get(0));
      Files.delete(roots.get(1));
    }
    publish("list", 1);
    assertThat(publisher.rotate(Rotation.of(Role.TIMESTAMP), NOW))
        .containsExactly(
            "root 2: 1 more of the keys before, 1 more of its own",
            "root 3: 1 more of the keys before, 1 more of its own");
    assertThat(publisher.repository().resolve("2.root.json")).doesNotExist();
    publish("list", 1);
  }

  @Test
  void rotationReplacesKeysAndDeletesTheOld() throws IOException, PublishException {
    List<String> before = keyFiles();
    for (Role role : Role.values()) {
      assertThat(publisher.rotate(Rotation.of(role), NOW)).isEmpty();
    }
    assertThat(keyFiles()).hasSize(6).doesNotContainAnyElementsOf(before);
    byte[] newest = Files.readAllBytes(publisher.repository().resolve("8.root.json"));
    assertThat(Files.readAllBytes(publisher.trustedRoot())).isEqualTo(newest);
  }

  @Test
  void aDirectoryIsMadeOnceAndUsedByOne() throws IOException {
    assertThatThrownBy(() -> TestPublishers.init(directory, NOW, TestDisk.fast()))
        .hasMessage("the directory is a publisher's already");
    Path other = Files.createDirectory(directory.resolve("other"));
    assertThatThrownBy(() -> TestPublishers.open(other, TestDisk.fast()))
        .isInstanceOf(PublishException.class);
    try (FileChannel lock = TestDisk.fast().lock(directory)) {
      assertThat(lock.isOpen()).isTrue();
      assertThatThrownBy(() -> publish("list", 1)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aListKeyFileThatIsNoneIsNotToldOf() throws IOException {
    Path file = Files.write(directory.resolve("bad.key"), "secret".getBytes(UTF_8));
    assertThatThrownBy(() -> ListKeyFile.read(file))
        .isInstanceOf(PublishException.class)
        .hasMessageNotContaining("secret");
  }

  private List<String> keyFiles() throws IOException {
    try (Stream<Path> keys = Files.list(directory.resolve("keys"))) {
      return keys.map(file -> file.getFileName().toString()).toList();
    }
  }

  private Draft publish(String name, int entries) throws IOException, PublishException {
    return publisher.publish(name, entries(entries), false, NOW);
  }

  private static EntrySource entries(int count) {
    return sink -> {
      for (int i = 1; i <= count; i++) {
        sink.entry(i, ListEntry.host(CanonicalHost.parse("h" + i + ".example").orElseThrow()));
      }
    };
  }
}
