package org.tidegate.sync.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The operations that change files. A file is written under a temporary name, forced to the disk
 * and renamed; the directory is forced too. Tests override {@link #step} to fail the n-th
 * operation.
 */
public class Disk {
  private static final String TEMPORARY = ".tmp";
  private static final int CHUNK = 1 << 16;

  /** Called before every operation that changes something. */
  protected void step() throws IOException {}

  /** Called with what was made, before anything is written to it. */
  protected void made(Path path) throws IOException {}

  /** Forces what was written to the disk. */
  protected void sync(FileChannel channel) throws IOException {
    channel.force(true);
  }

  /** Makes the directory and those above it; what is new only its owner may enter. */
  public void makePrivateDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      step();
      Files.createDirectories(directory, mode(directory, "rwx------"));
      made(directory);
    }
  }

  /** Makes the directory and those above it; what is new anybody may read. */
  public void makePublicDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      step();
      Files.createDirectories(directory, mode(directory, "rwxr-xr-x"));
    }
  }

  /** Writes a whole file that only its owner may read, in the place of one that is there. */
  public void writePrivate(Path file, byte[] bytes) throws IOException {
    write(file, bytes, "rw-------");
  }

  /** Writes a whole file that anybody may read, in the place of one that is there. */
  public void writePublic(Path file, byte[] bytes) throws IOException {
    write(file, bytes, "rw-r--r--");
  }

  private void write(Path file, byte[] bytes, String mode) throws IOException {
    Path temporary = temporary(file);
    try {
      fill(temporary, bytes, mode);
      rename(temporary, file);
    } catch (IOException e) {
      Files.deleteIfExists(temporary); // on a full disk it would be what fills it
      throw e;
    }
  }

  private void fill(Path file, byte[] bytes, String mode) throws IOException {
    try (FileChannel channel = create(file, mode)) {
      for (int at = 0; at < bytes.length; at += CHUNK) {
        append(channel, ByteBuffer.wrap(bytes, at, Math.min(CHUNK, bytes.length - at)));
      }
      force(channel);
    }
  }

  /** Begins a private file of that name; {@link #finish} puts it in place. */
  public FileChannel begin(Path file) throws IOException {
    return create(temporary(file), "rw-------");
  }

  /** Goes on with a private file that was begun, at its end; begins one where there is none. */
  public FileChannel resume(Path file) throws IOException {
    Path temporary = temporary(file);
    if (!Files.isRegularFile(temporary, LinkOption.NOFOLLOW_LINKS)) {
      return begin(file);
    }
    step();
    FileChannel channel =
        FileChannel.open(temporary, StandardOpenOption.READ, StandardOpenOption.WRITE);
    return channel.position(channel.size());
  }

  /** Begins a begun file anew. */
  public void restart(FileChannel channel) throws IOException {
    step();
    channel.truncate(0);
  }

  /** Appends to a file that was begun. */
  public void append(FileChannel channel, ByteBuffer bytes) throws IOException {
    step();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Forces a begun file to the disk and gives it its name. */
  public void finish(FileChannel channel, Path file) throws IOException {
    force(channel);
    channel.close();
    rename(temporary(file), file);
  }

  /** Where a file of that name stands until it is finished. */
  public static Path temporary(Path file) {
    return file.resolveSibling(file.getFileName() + TEMPORARY);
  }

  /** Deletes the file if it is there. */
  public void delete(Path file) throws IOException {
    if (Files.exists(file)) {
      step();
      Files.deleteIfExists(file);
    }
  }

  /** The files in the directory whose names the pattern (a glob) covers, in no order. */
  public List<Path> list(Path directory, String pattern) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, pattern)) {
      stream.forEach(files::add);
    } catch (NoSuchFileException e) {
      return List.of();
    }
    return files;
  }

  /**
   * Takes the directory's lock for this process, until the channel is closed.
   *
   * @throws IOException also where another process, or thread, has it
   */
  public FileChannel lock(Path directory) throws IOException {
    return lockFile(directory.resolve(".lock"));
  }

  /**
   * Takes a lock for this process, until the channel is closed.
   *
   * @param file that stands for it
   * @throws LockedException where another process, or thread, has it
   */
  public FileChannel lockFile(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            mode(file, "rw-------"));
    try {
      made(file);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new LockedException("in use by another process");
      }
      return channel;
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new LockedException("in use by another thread");
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private FileChannel create(Path file, String mode) throws IOException {
    step();
    // What a killed process left may have another mode.
    Files.deleteIfExists(file);
    Set<StandardOpenOption> options =
        EnumSet.of(
            StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileChannel channel = FileChannel.open(file, options, mode(file, mode));
    if (isPosix(file)) {
      // The process's umask may have taken bits away.
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
    made(file);
    return channel;
  }

  private void force(FileChannel channel) throws IOException {
    step();
    sync(channel);
  }

  private void rename(Path from, Path to) throws IOException {
    step();
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceDirectory(to);
  }

  private void forceDirectory(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null && isPosix(file)) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        sync(channel);
      }
    }
  }

  private static FileAttribute<?>[] mode(Path path, String mode) {
    return isPosix(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
