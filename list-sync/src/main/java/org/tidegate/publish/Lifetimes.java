package org.tidegate.publish;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How long each role's signed metadata is good. */
public record Lifetimes(Duration root, Duration targets, Duration snapshot, Duration timestamp) {
  public static final Lifetimes DEFAULT =
      new Lifetimes(
          Duration.ofDays(365), Duration.ofDays(90), Duration.ofDays(30), Duration.ofDays(7));

  /** These with another one for the timestamp. */
  public Lifetimes withTimestamp(Duration lifetime) {
    return new Lifetimes(root, targets, snapshot, lifetime);
  }

  String expiry(Role role, Instant now) {
    Duration lifetime =
        switch (role) {
          case ROOT -> root;
          case TARGETS -> targets;
          case SNAPSHOT -> snapshot;
          case TIMESTAMP -> timestamp;
        };
    return now.plus(lifetime).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
