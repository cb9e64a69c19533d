package org.tidegate.filter;

import org.jspecify.annotations.Nullable;

/** The lists that could not judge one request. For one thread. */
final class Failures {
  private Verdict.@Nullable Undecided undecided;
  private boolean refused;

  void clear() {
    undecided = null;
    refused = false;
  }

  /** Of several failures one that refuses the request is told, else the first. */
  void add(ListPolicy list, Verdict.Undecided why) {
    if (!list.isEnforced() || list.kind() == ListPolicy.Kind.ALLOW) {
      return; // decides nothing: without an allow-list the block-lists hold
    }
    boolean refuses = list.onFailure() == FailurePolicy.REFUSE;
    if (undecided == null || (refuses && !refused)) {
      undecided = why;
    }
    refused |= refuses;
  }

  /** What is said where no list has decided otherwise; nothing where no list has failed. */
  Verdict.@Nullable Undecided verdict() {
    return undecided;
  }

  /** Whether the request may go on although a list has failed. */
  boolean passes() {
    return !refused;
  }
}
