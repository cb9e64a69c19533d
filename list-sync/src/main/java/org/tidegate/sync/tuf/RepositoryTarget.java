package org.tidegate.sync.tuf;

/**
 * A target of any TUF repository.
 *
 * @param path its name in the metadata
 * @param consistent whether the repository keeps consistent snapshots (§6.2)
 */
public record RepositoryTarget(String path, StatedFile stated, boolean consistent) {

  /** Where it lies below the place of all targets, percent-encoded. */
  public String location() {
    int name = path.lastIndexOf('/') + 1;
    return consistent
        ? Quoted.path(path.substring(0, name) + stated.prefix() + "." + path.substring(name))
        : Quoted.path(path);
  }
}
