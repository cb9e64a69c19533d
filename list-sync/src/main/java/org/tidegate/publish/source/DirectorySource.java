package org.tidegate.publish.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** All files of a directory, by name one after the other; hidden ones and directories left out. */
public final class DirectorySource implements TextSource {
  private final Path directory;
  private final Limits limits;

  public DirectorySource(Path directory, Limits limits) {
    this.directory = directory;
    this.limits = limits;
  }

  @Override
  public InputStream open() throws IOException {
    List<InputStream> parts = new ArrayList<>();
    for (Path file : files()) {
      parts.add(new LazyFile(file, limits));
      parts.add(new ByteArrayInputStream(new byte[] {'\n'}));
    }
    return new BoundedStream(
        new SequenceInputStream(Collections.enumeration(parts)),
        limits.unpacked(),
        "bytes of text");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      List<Path> files =
          all.filter(Files::isRegularFile)
              .filter(file -> !file.getFileName().toString().startsWith("."))
              .sorted()
              .limit(limits.members() + 1L)
              .toList();
      if (files.isEmpty() || files.size() > limits.members()) {
        throw new SourceException(
            "the directory has " + (files.isEmpty() ? "no file" : "too many files"));
      }
      return files;
    }
  }

  @Override
  public String toString() {
    return "DirectorySource";
  }

  /** A file that is opened when its turn comes. */
  private static final class LazyFile extends BlockStream {
    private final Path file;
    private final Limits limits;
    private InputStream in = InputStream.nullInputStream();
    private boolean opened;

    LazyFile(Path file, Limits limits) {
      this.file = file;
      this.limits = limits;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      if (!opened) {
        opened = true;
        in = Unpacked.of(Files.newInputStream(file), limits);
      }
      return in.read(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
