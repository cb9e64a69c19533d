package org.tidegate.sync.tuf;

/**
 * A file that signed metadata vouches for.
 *
 * @param path its name in the metadata
 * @param sha256 64 hexadecimal digits
 */
public record Target(String path, long length, String sha256) {

  /** Where the file lies in the repository: consistent snapshots put the hash before its name. */
  public String location() {
    int name = path.lastIndexOf('/') + 1;
    return "targets/" + path.substring(0, name) + sha256 + "." + path.substring(name);
  }
}
