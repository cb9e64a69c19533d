package org.tidegate.publish;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidegate.filter.index.ConfirmedEntry;
import org.tidegate.filter.index.ListKey;
import org.tidegate.sync.json.CanonicalJson;
import org.tidegate.sync.json.Json;
import org.tidegate.sync.json.JsonException;
import org.tidegate.sync.json.JsonObject;

/** The small target beside a list that says what the list is. */
final class Manifest {
  private static final int FORMAT = 1;

  /** Gateways read no more than 16 KiB. */
  private static final int MOST_CONFIRMED = 200;

  /** Where a compiled list has its canonicaliser's version: docs/compiled-list.md. */
  private static final int CANONICALISER_AT = 72;

  private Manifest() {}

  /**
   * Writes one.
   *
   * @param sizeChanges that were confirmed, of this edition and of editions before
   */
  static byte[] of(
      Draft draft,
      TargetFile list,
      Optional<EditionDelta> delta,
      PreCheckTarget preCheck,
      ListKey key,
      Instant created,
      List<SizeChange> sizeChanges)
      throws PublishException {
    ByteBuffer bytes = ByteBuffer.wrap(draft.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    Map<String, Object> fields = new HashMap<>();
    fields.put("format", FORMAT);
    fields.put("name", draft.name());
    fields.put("serial", draft.serial());
    fields.put("path", list.path());
    fields.put("sha256", list.sha256());
    fields.put("length", list.length());
    fields.put("entries", draft.entries());
    fields.put("key_id", key.id());
    fields.put("canonicaliser", bytes.getInt(CANONICALISER_AT));
    fields.put("created", created.truncatedTo(ChronoUnit.SECONDS).toString());
    fields.put("pre_check", preCheck.fields());
    delta.ifPresent(patch -> fields.put("delta", patch.fields()));
    fields.put("confirmed", confirmed(draft.compilation().confirmed()));
    fields.put("size_changes", sizeChanges.stream().map(SizeChange::fields).toList());
    return CanonicalJson.bytes(fields);
  }

  private static List<Map<String, Object>> confirmed(List<ConfirmedEntry> entries)
      throws PublishException {
    if (entries.size() > MOST_CONFIRMED) {
      throw new PublishException(
          entries.size() + " confirmed entries (expected: at most " + MOST_CONFIRMED + ")");
    }
    return entries.stream()
        .map(
            entry ->
                Map.<String, Object>of("entry", entry.number(), "reason", entry.reason().name()))
        .toList();
  }

  /** The sudden changes of size that the manifest's publisher confirmed. */
  static List<SizeChange> sizeChanges(byte[] manifest) throws JsonException {
    JsonObject fields = Json.parse(manifest);
    List<SizeChange> changes = new ArrayList<>();
    if (fields.has("size_changes")) { // older publishers wrote none
      for (JsonObject change : fields.objects("size_changes")) {
        changes.add(SizeChange.parse(change));
      }
    }
    return changes;
  }

  static Edition edition(byte[] manifest) throws JsonException {
    JsonObject fields = Json.parse(manifest);
    return new Edition(
        fields.string("name"),
        fields.number("serial"),
        (int) fields.number("entries"),
        fields.number("length"),
        fields.string("key_id"),
        fields.time("created"));
  }
}
