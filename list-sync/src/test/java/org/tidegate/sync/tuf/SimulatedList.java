package org.tidegate.sync.tuf;

import static org.tidegate.sync.tuf.SimulatedRepository.NOW;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidegate.filter.index.ListKey;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.publish.Draft;
import org.tidegate.publish.PublishException;
import org.tidegate.sync.ListSource;
import org.tidegate.sync.json.CanonicalJson;

/** A publisher of one list, in memory, whose every key, role and file may be changed. */
final class SimulatedList {
  static final String NAME = "test";
  static final List<String> ONLINE = List.of("targets", "snapshot", "timestamp");

  final SimulatedRepository repository = SimulatedRepository.create();
  final ListKey key = ListKey.random(new SecureRandom());

  SimulatedList() {
    repository.statesHashes = true;
  }

  /** An edition with these hosts, put into the targets but not published yet. */
  void prepare(long serial, String... hosts) throws IOException, PublishException {
    byte[] list =
        Draft.compile(
                key,
                Optional.empty(),
                NAME,
                serial,
                NOW,
                sink -> {
                  for (int i = 0; i < hosts.length; i++) {
                    sink.entry(i + 1, ListEntry.host(CanonicalHost.parse(hosts[i]).orElseThrow()));
                  }
                })
            .bytes();
    String path = "lists/test/" + serial + ".tgl";
    Map<String, Object> manifest = new HashMap<>();
    manifest.put("format", 1);
    manifest.put("name", NAME);
    manifest.put("serial", serial);
    manifest.put("path", path);
    manifest.put("sha256", Digest.sha256(list));
    manifest.put("length", list.length);
    manifest.put("entries", hosts.length);
    manifest.put("key_id", key.id());
    manifest.put("canonicaliser", 1);
    manifest.put("created", NOW.toString());
    repository.addTarget("targets", path, list);
    repository.addTarget("targets", "lists/test/manifest.json", CanonicalJson.bytes(manifest));
  }

  void publish(long serial, String... hosts) throws IOException, PublishException {
    prepare(serial, hosts);
    repository.publish(ONLINE.toArray(String[]::new));
  }

  /** A new root with new keys for these roles; the keys of the root before it sign it too. */
  void rotate(List<String> roles) {
    Map<String, SimulatedKey> before = Map.copyOf(repository.signers("root"));
    roles.forEach(repository::rotateKeys);
    repository.signers("root").putAll(before);
    repository.publish("root");
  }

  /** From now on a stranger signs for that role. */
  void strangerSigns(String role) {
    SimulatedKey stranger = SimulatedKey.ecdsa();
    repository.signers(role).clear();
    repository.signers(role).put(stranger.id(), stranger);
  }

  ListSource source(Repository from) {
    return new ListSource(NAME, List.of(from), repository.firstRoot(), List.of(key));
  }
}
