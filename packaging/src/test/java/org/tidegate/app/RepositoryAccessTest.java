package org.tidegate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.app.config.ListSource.Access;

@SuppressWarnings("NullAway.Init")
class RepositoryAccessTest {
  @TempDir Path directory;

  @Test
  void whatItsFilesHoldTellsOneFromAnother() throws Exception {
    Access access = access("authorities");
    Files.writeString(directory.resolve("authorities"), "one");
    byte[] before = RepositoryAccess.digest(access);
    assertThat(RepositoryAccess.digest(access)).isEqualTo(before);
    Files.writeString(directory.resolve("authorities"), "two");
    assertThat(RepositoryAccess.digest(access)).isNotEqualTo(before);
    assertThat(RepositoryAccess.digest(new Access(null, null, null, null, null, null)))
        .isNotEqualTo(before);
  }

  @Test
  void aFileThatCannotBeReadIsSaidToBeUnusable() {
    assertThatThrownBy(() -> RepositoryAccess.digest(access("absent")))
        .isInstanceOf(UnusableException.class)
        .hasMessageStartingWith("authorities or client-certificate: not usable");
  }

  private Access access(String authorities) {
    return new Access(null, null, directory.resolve(authorities), null, null, null);
  }
}
