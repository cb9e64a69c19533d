package org.tidegate.filter.index;

import java.util.Map;
import org.tidegate.filter.list.Scope;

/** What became of a list: the compiled bytes, and what the publisher wants to know. Immutable. */
public final class Compilation {
  private final byte[] bytes;
  private final Map<Scope, Integer> scopes;
  private final int[] lines;
  private final int duplicates;
  private final Map<HoldReason, Integer> heldBack;

  Compilation(
      byte[] bytes,
      Map<Scope, Integer> scopes,
      int[] lines,
      int duplicates,
      Map<HoldReason, Integer> heldBack) {
    this.bytes = bytes;
    this.scopes = Map.copyOf(scopes);
    this.lines = lines;
    this.duplicates = duplicates;
    this.heldBack = Map.copyOf(heldBack);
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

  /** How many entries were held back. */
  public int heldBack() {
    return heldBack.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How many of them for that reason. */
  public int heldBack(HoldReason reason) {
    return heldBack.getOrDefault(reason, 0);
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
