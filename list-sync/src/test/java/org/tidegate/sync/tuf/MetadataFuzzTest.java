package org.tidegate.sync.tuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whatever a repository or a stored file holds, it is refused and nothing else happens. */
class MetadataFuzzTest {

  @FuzzTest
  void anyBytesAreRefused(byte[] bytes) throws IOException {
    TrustedMetadata stored = new TrustedMetadata(List.of(bytes), bytes, bytes, bytes);
    assertThat(refused(() -> MetadataClient.replay(bytes, stored))).isTrue();
    Repository repository = path -> new ByteArrayInputStream(bytes);
    assertThat(
            refused(
                () ->
                    MetadataClient.refresh(
                        RootChain.of(bytes, List.of()),
                        Optional.empty(),
                        repository,
                        Instant.EPOCH,
                        roots -> {})))
        .isTrue();
  }

  private interface Work {
    void run() throws IOException;
  }

  private static boolean refused(Work work) throws IOException {
    try {
      work.run();
      return false;
    } catch (RefusedException e) {
      return true;
    }
  }
}
