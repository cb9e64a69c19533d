package org.tidegate.sync;

/**
 * By what an operator judges the updates of a list.
 *
 * @param anySize takes editions also where they have suddenly grown or shrunk, or are empty
 */
public record UpdateRules(Lateness lateness, boolean anySize) {
  /** Late by the first update that fails, guarded against sudden changes of size. */
  public static final UpdateRules DEFAULT = new UpdateRules(Lateness.AT_ONCE, false);
}
