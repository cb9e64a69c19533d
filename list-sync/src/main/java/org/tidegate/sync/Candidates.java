package org.tidegate.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidegate.sync.tuf.ReasonCode;
import org.tidegate.sync.tuf.RefusedException;

/**
 * The stored editions in the order in which they are to be enforced: the one that the operator
 * keeps on purpose, the newest, and the one before. The first that turns out good is.
 *
 * @param trouble why the first one is not what should be enforced
 */
record Candidates(List<StoredEdition> editions, Optional<ReasonCode> trouble) {

  static Candidates of(StoredList store, PinState pin, String name) {
    List<StoredEdition> found = new ArrayList<>();
    @Nullable ReasonCode unread = null;
    boolean newestIsRead = true;
    boolean keeps = false;
    for (StoredList.Reading reading : store.editions()) {
      try {
        Optional<StoredEdition> edition = reading.edition();
        if (edition.isPresent()) {
          boolean isKept = !keeps && pin.keeps(edition.get().stated(name).serial());
          found.add(isKept ? 0 : found.size(), edition.get());
          keeps |= isKept;
        }
      } catch (RefusedException e) {
        newestIsRead &= !found.isEmpty();
        unread = unread == null ? StoreTrouble.stored(e).reason() : unread;
      }
    }
    if (pin.isNone() && newestIsRead) {
      return new Candidates(found, Optional.empty());
    }
    ReasonCode missing = unread == null ? ReasonCode.STORE_MISSING : unread;
    return new Candidates(
        found, Optional.of(keeps ? ReasonCode.PINNED : pin.trouble().orElse(missing)));
  }
}
