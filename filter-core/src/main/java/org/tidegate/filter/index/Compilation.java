package org.tidegate.filter.index;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.list.Scope;

/** What became of a list: the compiled bytes, and what the publisher wants to know. Immutable. */
public final class Compilation {
  static final int NOT_COUNTED = -1;

  private final byte[] bytes;
  private final Map<Scope, Integer> scopes;
  private final int[] lines;
  private final int duplicates;
  private final int covered;
  private final List<HeldEntry> held;
  private final List<ConfirmedEntry> confirmed;
  private final byte @Nullable [] preCheck;

  Compilation(
      byte[] bytes,
      byte @Nullable [] preCheck,
      Map<Scope, Integer> scopes,
      int[] lines,
      int duplicates,
      int covered,
      List<HeldEntry> held,
      List<ConfirmedEntry> confirmed) {
    this.bytes = bytes;
    this.scopes = Map.copyOf(scopes);
    this.lines = lines;
    this.duplicates = duplicates;
    this.covered = covered;
    this.held = held;
    this.confirmed = confirmed;
    this.preCheck = preCheck;
  }

  /** The compiled list, as {@link CompiledList#open} takes it: not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many entries it has, the canary left out. */
  public int entries() {
    return scopes.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How many of them have that scope. */
  public int entries(Scope scope) {
    return scopes.getOrDefault(scope, 0);
  }

  /** How many entries were there already. */
  public int duplicates() {
    return duplicates;
  }

  /**
   * How many of the list's entries say nothing new, since a broader one covers what they do; known
   * only after {@link ListCompiler#countCovered}.
   */
  public OptionalInt covered() {
    return covered == NOT_COUNTED ? OptionalInt.empty() : OptionalInt.of(covered);
  }

  /** How many entries were held back. */
  public int heldBack() {
    return held.size();
  }

  /** How many of them for that reason. */
  public int heldBack(HoldReason reason) {
    return (int) held.stream().filter(entry -> entry.reason() == reason).count();
  }

  /** The entries that were held back. */
  public List<HeldEntry> held() {
    return held;
  }

  /** The entries that would have been held back, had they not been confirmed. */
  public List<ConfirmedEntry> confirmed() {
    return confirmed;
  }

  /** The pre-check, if one was asked for, as {@link PreCheck#open} takes it: not to be changed. */
  public Optional<byte[]> preCheck() {
    return Optional.ofNullable(preCheck);
  }

  /** The line of the entry with that number, the first where it stood on several; 0: the canary. */
  public int line(int entry) {
    if (entry < 1 || entry > lines.length) {
      throw new IllegalArgumentException(
          "entry " + entry + " (expected: 1 to " + lines.length + ")");
    }
    return lines[entry - 1];
  }

  @Override
  public String toString() {
    return "Compilation[" + entries() + " entries]";
  }
}
