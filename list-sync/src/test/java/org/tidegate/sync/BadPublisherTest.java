package org.tidegate.sync;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tidegate.sync.SimulatedPublisher.LIST;
import static org.tidegate.sync.SimulatedPublisher.NOW;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.filter.UrlFilter;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.publish.Draft;
import org.tidegate.publish.PublishException;
import org.tidegate.publish.TestPublishers;
import org.tidegate.sync.UpdateOutcome.Refused;
import org.tidegate.sync.UpdateOutcome.Updated;
import org.tidegate.sync.disk.TestDisk;
import org.tidegate.sync.json.CanonicalJson;
import org.tidegate.sync.tuf.Digest;
import org.tidegate.sync.tuf.ReasonCode;

/** What is rightly signed and yet not to be enforced. */
class BadPublisherTest {
  private static final int FORMAT_AT = 8;
  private static final int NAME_AT = 16;
  private static final int CANONICALISER_AT = 72;
  private static final int CRC_AT = 264;

  @TempDir Path directory;

  private SimulatedPublisher publisher;
  private UrlFilter filter;

  @BeforeEach
  void publish() throws IOException, PublishException {
    publisher = SimulatedPublisher.init(directory.resolve("pub")).publish(NOW, "listed.example");
    filter = new UrlFilter(publisher.listKey());
    assertThat(update()).isEqualTo(new Updated(1));
  }

  @Test
  void theSameByTheSameHandIsAccepted() throws IOException, PublishException {
    sign(compiled(LIST), Map.of());
    assertThat(update()).isEqualTo(new Updated(2));
  }

  @Test
  void garbageIsABadList() throws IOException, PublishException {
    assertRefused(new byte[1000], Map.of(), ReasonCode.BAD_LIST);
  }

  @Test
  void aListOfLaterFormatIsFormatVersion() throws IOException, PublishException {
    assertRefused(patched(compiled(LIST), FORMAT_AT, 4), Map.of(), ReasonCode.FORMAT_VERSION);
  }

  @Test
  void aManifestOfLaterFormatIsFormatVersion() throws IOException, PublishException {
    assertRefused(compiled(LIST), Map.of("format", 2), ReasonCode.FORMAT_VERSION);
  }

  @Test
  void otherCanonicalisationIsCanonicaliserVersion() throws IOException, PublishException {
    assertRefused(
        patched(compiled(LIST), CANONICALISER_AT, 99), Map.of(), ReasonCode.CANONICALISER_VERSION);
  }

  @Test
  void aListWithoutItsCanaryIsCanary() throws IOException, PublishException {
    byte[] renamed = compiled("tesu");
    System.arraycopy(LIST.getBytes(US_ASCII), 0, renamed, NAME_AT, LIST.length());
    assertRefused(patched(renamed, FORMAT_AT, 3), Map.of(), ReasonCode.CANARY);
  }

  @Test
  void anotherListThanTheManifestsIsMismatch() throws IOException, PublishException {
    assertRefused(compiled("tesu"), Map.of(), ReasonCode.MISMATCH);
    assertRefused(compiled(LIST), Map.of("entries", 7), ReasonCode.MISMATCH);
    assertRefused(compiled(LIST), Map.of("length", 7), ReasonCode.MISMATCH);
    assertRefused(compiled(LIST), Map.of("name", "tesu"), ReasonCode.MISMATCH);
    assertRefused(compiled(LIST), Map.of("serial", 3), ReasonCode.MISMATCH);
  }

  @Test
  void aManifestThatIsNoneIsMalformed() throws IOException, PublishException {
    assertRefused(compiled(LIST), Map.of("serial", "2"), ReasonCode.MALFORMED);
  }

  private void assertRefused(byte[] list, Map<String, Object> changed, ReasonCode reason)
      throws IOException, PublishException {
    sign(list, changed);
    assertThat(update()).isEqualTo(new Refused(reason));
    assertThat(filter.lists().get(0).serial()).isEqualTo(1);
    try (Stream<Path> files = Files.list(directory.resolve("store").resolve(LIST))) {
      assertThat(files.map(f -> f.getFileName().toString()).filter(f -> f.startsWith("2-")))
          .isEmpty();
    }
  }

  private void sign(byte[] list, Map<String, Object> changed) throws IOException, PublishException {
    Map<String, Object> manifest = new HashMap<>();
    manifest.put("format", 1);
    manifest.put("name", LIST);
    manifest.put("serial", 2);
    manifest.put("path", "lists/test/2.tgl");
    manifest.put("sha256", Digest.sha256(list));
    manifest.put("length", list.length);
    manifest.put("entries", 1);
    manifest.put("key_id", publisher.listKey().id());
    manifest.put("canonicaliser", 1);
    manifest.put("created", NOW.toString());
    manifest.putAll(changed);
    byte[] manifestFile = CanonicalJson.bytes(manifest);
    TestPublishers.sign(
        publisher.directory(),
        Map.of("lists/test/2.tgl", list, "lists/test/manifest.json", manifestFile),
        NOW);
  }

  private byte[] compiled(String name) throws IOException, PublishException {
    ListEntry entry = ListEntry.host(CanonicalHost.parse("other.example").orElseThrow());
    return Draft.compile(
            publisher.listKey(), Optional.empty(), name, 2, NOW, sink -> sink.entry(1, entry))
        .bytes();
  }

  private static byte[] patched(byte[] list, int at, int value) {
    ByteBuffer bytes = ByteBuffer.wrap(list).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(at, value);
    CRC32C crc = new CRC32C();
    crc.update(list, 0, CRC_AT);
    bytes.putInt(CRC_AT, (int) crc.getValue());
    return list;
  }

  private UpdateOutcome update() throws IOException, PublishException {
    ListStore store = new ListStore(directory.resolve("store"), TestDisk.fast());
    return new ListUpdater(publisher.source(), store, filter::install).update(NOW);
  }
}
