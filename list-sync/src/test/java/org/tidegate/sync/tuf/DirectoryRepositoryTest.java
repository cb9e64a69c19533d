package org.tidegate.sync.tuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryRepositoryTest {
  @TempDir private Path directory;

  @Test
  void whatIsNotThereIsNotFound() {
    assertThat(trouble()).isEqualTo(Trouble.NOT_FOUND);
  }

  @Test
  void whatCannotBeReadIsUnreadable() throws IOException {
    Files.createDirectory(directory.resolve("timestamp.json"));
    assertThat(trouble()).isEqualTo(Trouble.UNREADABLE);
  }

  @Test
  void aPlaceThatCannotBeEnteredIsUnreadable() throws IOException {
    directory = Files.createFile(directory.resolve("no-directory"));
    assertThat(trouble()).isEqualTo(Trouble.UNREADABLE);
  }

  private Trouble trouble() {
    return catchThrowableOfType(
            RepositoryException.class,
            () -> new DirectoryRepository(directory).open("timestamp.json").read())
        .trouble();
  }
}
