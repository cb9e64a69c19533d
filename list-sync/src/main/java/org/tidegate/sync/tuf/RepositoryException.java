package org.tidegate.sync.tuf;

import java.io.IOException;

/** A repository is out of reach. Names no place. */
public final class RepositoryException extends IOException {
  private static final long serialVersionUID = 1;

  private final Trouble trouble;

  public RepositoryException(Trouble trouble) {
    super("repository: " + trouble.code());
    this.trouble = trouble;
  }

  public Trouble trouble() {
    return trouble;
  }
}
