package org.tidegate.sync;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tidegate.sync.disk.Disk;
import org.tidegate.sync.disk.TestDisk;
import org.tidegate.sync.tuf.Digest;
import org.tidegate.sync.tuf.ReasonCode;
import org.tidegate.sync.tuf.RefusedException;
import org.tidegate.sync.tuf.Repository;
import org.tidegate.sync.tuf.RepositoryException;
import org.tidegate.sync.tuf.Target;
import org.tidegate.sync.tuf.Trouble;

/** A transfer that breaks: how often it is gone on with, and what of it stays. */
class ListDownloadTest {
  private static final byte[] LIST = "0123456789".getBytes(US_ASCII);
  private static final Target TARGET = new Target("list.tgl", LIST.length, Digest.sha256(LIST));

  @TempDir private Path directory;
  private int opened;

  /** Some bytes, and then the connection is gone. */
  private static InputStream broken(String begin) {
    InputStream end =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new RepositoryException(Trouble.BROKEN);
          }
        };
    return new SequenceInputStream(new ByteArrayInputStream(begin.getBytes(US_ASCII)), end);
  }

  @Test
  void whoDeniesThatThereIsARestAndBreaksOffByTurnsIsLeft() {
    Repository byTurns =
        new Repository() {
          @Override
          public InputStream open(String path) {
            assertThat(++opened).isLessThan(50);
            return broken("012");
          }

          @Override
          public Part open(String path, long from) throws IOException {
            throw new RepositoryException(Trouble.RANGE);
          }
        };
    RepositoryException e =
        catchThrowableOfType(RepositoryException.class, () -> download(byTurns));
    assertThat(e).isNotNull();
  }

  @Test
  void whatCameFromOneRepositoryOutlivesTheNextThatHasNothing() throws IOException {
    RepositoryException broke =
        catchThrowableOfType(RepositoryException.class, () -> download(path -> broken("01234")));
    assertThat(broke.trouble()).isEqualTo(Trouble.BROKEN);
    Repository empty =
        path -> {
          throw new RepositoryException(Trouble.NOT_FOUND);
        };
    RefusedException e = catchThrowableOfType(RefusedException.class, () -> download(empty));
    assertThat(e.reason()).isEqualTo(ReasonCode.MISSING);
    assertThat(Disk.temporary(file())).hasContent("01234");
    download(
        new Repository() {
          @Override
          public InputStream open(String path) {
            throw new AssertionError("from the beginning");
          }

          @Override
          public Part open(String path, long from) {
            return new Part(new ByteArrayInputStream("56789".getBytes(US_ASCII)), from);
          }
        });
    assertThat(file()).hasBinaryContent(LIST);
    assertThat(Files.list(directory)).hasSize(1);
  }

  private void download(Repository repository) throws IOException {
    new ListDownload(repository, TARGET, file(), TestDisk.fast()).run();
  }

  private Path file() {
    return directory.resolve("list.tgl");
  }
}
