package org.tidegate.sync;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.tidegate.sync.disk.Disk;

/** What the superuser makes in another user's store is that user's, who is to read it. */
final class StoreDisk extends Disk {
  private static final String OWNER = "unix:uid";

  @Override
  protected void made(Path path) throws IOException {
    if (StoreTrouble.isSuperuser()) {
      Path directory = requireNonNull(path.toAbsolutePath().getParent());
      // Never through a link, which that user may have put there.
      Object owner = Files.getAttribute(directory, OWNER, LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, OWNER, owner, LinkOption.NOFOLLOW_LINKS);
    }
  }
}
