package org.tidegate.publish.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Whatever a licensor's server sends is text within the limits, or told as an error of one kind.
 */
class SourceFuzzTest {
  private static final Limits LIMITS = new Limits(1 << 20, 1 << 20, 10);

  @FuzzTest
  void archivesAreBounded(byte[] bytes) throws IOException {
    try (InputStream in = Unpacked.of(new ByteArrayInputStream(bytes), LIMITS)) {
      assertThat(count(in)).isLessThanOrEqualTo(3 << 19); // UTF-16 takes half as much again
    } catch (SourceException e) {
      assertThat(e.getMessage()).doesNotContain("\n");
    }
  }

  @FuzzTest
  void aColumnHasNoMoreLinesThanTheFile(byte[] bytes) throws IOException {
    long lines = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).lines().count();
    try (InputStream in = CsvColumn.of(new ByteArrayInputStream(bytes), "2", ',', record -> {})) {
      byte[] column = in.readAllBytes();
      assertThat(new String(column, java.nio.charset.StandardCharsets.ISO_8859_1).lines().count())
          .isLessThanOrEqualTo(lines + 1);
    } catch (SourceException e) {
      assertThat(e.getMessage()).doesNotContain("\n");
    }
  }

  private static long count(InputStream in) throws IOException {
    return in.transferTo(java.io.OutputStream.nullOutputStream());
  }
}
