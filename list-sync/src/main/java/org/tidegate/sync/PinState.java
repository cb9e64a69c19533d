package org.tidegate.sync;

import java.util.Optional;
import org.tidegate.sync.tuf.ReasonCode;
import org.tidegate.sync.tuf.RefusedException;

/**
 * Whether the operator keeps an edition, as far as the store tells.
 *
 * @param trouble why that cannot be told
 */
record PinState(Optional<Pin> pin, Optional<ReasonCode> trouble) {
  static final PinState NONE = new PinState(Optional.empty(), Optional.empty());

  static PinState of(StoredList store) {
    try {
      return new PinState(store.pin(), Optional.empty());
    } catch (RefusedException e) {
      return new PinState(Optional.empty(), Optional.of(e.reason()));
    }
  }

  boolean isNone() {
    return equals(NONE);
  }

  boolean keeps(long serial) {
    return pin.map(by -> by.serial() == serial).orElse(false);
  }
}
