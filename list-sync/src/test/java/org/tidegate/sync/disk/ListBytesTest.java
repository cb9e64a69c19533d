package org.tidegate.sync.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListBytesTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 300_001})
  void readsTheWholeFile(int size) throws IOException {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    Path file = Files.write(directory.resolve("list"), bytes);
    assertThat(ListBytes.read(file)).isEqualTo(bytes);
  }

  /** Its size is told as 0. */
  @Test
  void readsWhatDoesNotTellItsSize() throws IOException {
    Path maps = Path.of("/proc/self/maps");
    assumeThat(maps).exists();
    assertThat(ListBytes.read(maps)).isNotEmpty();
  }

  @Test
  void saysThatThereIsNone() {
    assertThatThrownBy(() -> ListBytes.read(directory.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
