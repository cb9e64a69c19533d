package org.tidegate.proxy.littleproxy;

import org.jspecify.annotations.Nullable;
import org.tidegate.proxy.littleproxy.AnswerGate.Outstanding;

/** What a gate is doing. Each event of the client's connection goes to its present stage. */
interface GateStage {
  /** The client is gone. */
  GateStage GONE =
      new GateStage() {
        @Override
        public void proceed() {}

        @Override
        public boolean passes(Object message) {
          return false;
        }

        @Override
        public void timedOut() {}
      };

  /** Goes on as far as it can: on entering, and whenever anything has changed. */
  void proceed();

  /** Whether the client is to get what LittleProxy writes; it may be changed first. */
  boolean passes(Object message);

  /** Nothing came for as long as the stage had asked for. */
  void timedOut();

  /** The client is gone; what the stage holds is to be let go. */
  default void lost() {}

  /** Whether what the client sends is for later. */
  default boolean readsLittle() {
    return false;
  }

  /** Something that passes went to the client. */
  default void wrote() {}

  /** What LittleProxy has in hand. */
  default @Nullable Given given() {
    return null;
  }

  default void usesUpstream(UpstreamWatch upstream) {}

  default void upstreamEnded(UpstreamWatch upstream, Outstanding outstanding) {}
}
