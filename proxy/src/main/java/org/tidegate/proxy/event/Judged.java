package org.tidegate.proxy.event;

import org.jspecify.annotations.Nullable;
import org.tidegate.filter.Judgement;
import org.tidegate.proxy.splash.SplashReference;

/**
 * One judgement of something that a client asked for.
 *
 * @param reference for a block, the one that stands on its splash page
 * @param nanos how long judging took
 * @param client its address, 4 or 16 bytes: for the operator who chose to keep it, and nobody else
 * @param canary whether a list's canary was asked for, by which the list is probed
 * @param plain whether a block is answered without a splash page, since the client has found more
 *     entries than it may
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Judged(
    ListenerKind listener,
    Sight sight,
    Judgement judgement,
    @Nullable SplashReference reference,
    long nanos,
    byte @Nullable [] client,
    boolean canary,
    boolean plain) {

  /** Discloses no client. */
  @Override
  public String toString() {
    return "Judged[" + listener + ", " + sight + ", " + judgement.verdict() + "]";
  }
}
