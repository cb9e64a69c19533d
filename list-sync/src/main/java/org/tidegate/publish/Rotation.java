package org.tidegate.publish;

import java.util.List;

/**
 * New keys for a role.
 *
 * @param given to be used; where there are none, new ones are made
 * @param count how many are made; 0 for as many as there were
 * @param threshold how many of them must sign; 0 for as many as before
 */
public record Rotation(Role role, List<SigningKeyFile> given, int count, int threshold) {
  public Rotation {
    given = List.copyOf(given);
    if (count < 0 || count > Publisher.RootKeys.MOST || threshold < 0) {
      throw new IllegalArgumentException("keys (expected: 1 to " + Publisher.RootKeys.MOST + ")");
    }
  }

  /** As many new keys as there were. */
  public static Rotation of(Role role) {
    return new Rotation(role, List.of(), 0, 0);
  }
}
