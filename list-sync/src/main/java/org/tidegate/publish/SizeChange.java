package org.tidegate.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tidegate.sync.json.JsonException;
import org.tidegate.sync.json.JsonObject;

/**
 * A sudden change of a list's size that its publisher confirmed.
 *
 * @param serial of the first edition with the new size
 * @param before how many entries the edition before had
 */
record SizeChange(long serial, int before, int after) {
  /** So many stay in the manifest, for gateways that missed editions. */
  private static final int KEPT = 8;

  /** Below this many entries a list may do as it likes. */
  private static final int FROM = 1000;

  private static final int FACTOR = 2;

  /**
   * The change that an edition would be, if it is more likely a mistake than news: from 1,000
   * entries on less than half or more than twice as many; and none at all.
   */
  static Optional<SizeChange> find(long serial, int before, int after) {
    boolean grown = after > (long) FACTOR * before;
    boolean shrunk = before > (long) FACTOR * after;
    boolean sudden = after == 0 || (before >= FROM && (grown || shrunk));
    return sudden ? Optional.of(new SizeChange(serial, before, after)) : Optional.empty();
  }

  PublishException heldBack() {
    return new PublishException(
        after == 0
            ? "no entry is left of the list: held back (--any-size lets it pass)"
            : "the list would go from "
                + before
                + " to "
                + after
                + " entries: held back (--any-size lets it pass)");
  }

  /** With the ones before, the oldest left out. */
  static List<SizeChange> join(List<SizeChange> before, Optional<SizeChange> confirmed) {
    List<SizeChange> all = new ArrayList<>(before);
    confirmed.ifPresent(all::add);
    return List.copyOf(all.subList(Math.max(0, all.size() - KEPT), all.size()));
  }

  Map<String, Object> fields() {
    return Map.of("serial", serial, "before", before, "after", after);
  }

  static SizeChange parse(JsonObject fields) throws JsonException {
    return new SizeChange(
        fields.number("serial"), (int) fields.number("before"), (int) fields.number("after"));
  }
}
