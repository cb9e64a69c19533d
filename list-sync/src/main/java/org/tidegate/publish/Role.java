package org.tidegate.publish;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A top-level role of TUF. */
public enum Role {
  ROOT,
  TARGETS,
  SNAPSHOT,
  TIMESTAMP;

  /** The role's name in metadata and file names. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of that name. */
  public static Optional<Role> find(String id) {
    return Arrays.stream(values()).filter(role -> role.id().equals(id)).findFirst();
  }
}
