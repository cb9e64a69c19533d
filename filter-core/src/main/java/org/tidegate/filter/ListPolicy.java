package org.tidegate.filter;

import static java.util.Objects.requireNonNull;

/**
 * What the policy says of one list.
 *
 * @param onFailure what becomes of a request that this list should have judged and could not; an
 *     observed list and one of kind {@link Kind#ALLOW} decide nothing by failing
 */
public record ListPolicy(String list, Kind kind, Mode mode, FailurePolicy onFailure) {

  /** Where a list stands among the others. */
  public enum Kind {
    /** Holds for every client; nothing outranks it. */
    MANDATORY,
    /** The operator's: what it covers, no list of kind {@link #BLOCK} blocks. */
    ALLOW,
    /** The operator's: what it covers is blocked. */
    BLOCK
  }

  /** Whether a list acts. */
  public enum Mode {
    ENFORCE,
    /** Judged and told in {@link Judgement#observed}, without effect on the verdict. */
    OBSERVE
  }

  public ListPolicy {
    requireNonNull(list);
    requireNonNull(onFailure);
    if (kind == Kind.ALLOW && mode == Mode.OBSERVE) {
      throw new IllegalArgumentException("an allow-list that is observed (expected: enforced)");
    }
  }

  /** A mandatory list, enforced, that fails closed. */
  public static ListPolicy mandatory(String list) {
    return new ListPolicy(list, Kind.MANDATORY, Mode.ENFORCE, FailurePolicy.REFUSE);
  }

  /** An operator's allow-list. */
  public static ListPolicy allow(String list) {
    return new ListPolicy(list, Kind.ALLOW, Mode.ENFORCE, FailurePolicy.REFUSE);
  }

  /** An operator's block-list, enforced, that fails closed. */
  public static ListPolicy block(String list) {
    return new ListPolicy(list, Kind.BLOCK, Mode.ENFORCE, FailurePolicy.REFUSE);
  }

  /** The same list, observed only. */
  public ListPolicy observed() {
    return new ListPolicy(list, kind, Mode.OBSERVE, onFailure);
  }

  /** The same list, failing this way. */
  public ListPolicy failing(FailurePolicy policy) {
    return new ListPolicy(list, kind, mode, policy);
  }

  boolean isEnforced() {
    return mode == Mode.ENFORCE;
  }
}
