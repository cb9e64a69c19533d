package org.tidegate.app;

import java.io.IOException;
import java.nio.file.Path;
import org.tidegate.filter.index.ListKey;
import org.tidegate.publish.ListKeyFile;
import org.tidegate.publish.PublishException;

/** Reads what {@code --list-key} names. */
final class ListKeyOption {
  private ListKeyOption() {}

  static ListKey read(Path file) throws CommandFailedException {
    try {
      return ListKeyFile.read(file);
    } catch (PublishException e) {
      throw new CommandFailedException("--list-key: " + e.getMessage());
    } catch (IOException e) {
      throw new CommandFailedException("--list-key: cannot be read");
    }
  }
}
