package org.tidegate.app;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.list.ListFormat;
import org.tidegate.filter.list.ListSink;
import org.tidegate.filter.list.RefusalReason;
import org.tidegate.publish.source.Limits;
import org.tidegate.publish.source.SourceException;
import org.tidegate.publish.source.Unpacked;

/**
 * A list's text as it lies on disk: a file, plain or packed, or a directory of such files where the
 * format has parts. Lines are numbered through all parts.
 */
final class ListText implements ListEntries.Text {
  private final Path path;
  private final ListFormat format;
  private byte @Nullable [] kept;

  ListText(Path path, ListFormat format) {
    this.path = path;
    this.format = format;
  }

  /** Lets the text be read more than once: of a pipe, which gives it once, the bytes are kept. */
  void keep() throws IOException {
    if (format.parts().isEmpty() && !Files.isRegularFile(path)) {
      // FileInputStream.readAllBytes would seek.
      try (InputStream in = new BufferedInputStream(new FileInputStream(path.toFile()))) {
        kept = in.readAllBytes();
      }
    }
  }

  /** Reads the whole list. */
  @Override
  public void read(ListSink sink) throws IOException {
    if (format.parts().isEmpty()) {
      try (InputStream in = open(path)) {
        format.read(in, sink);
      }
      return;
    }
    int lines = 0;
    for (String part : parts()) {
      try (InputStream in = open(file(part))) {
        lines += format.read(part, in, new Numbered(lines, sink));
      }
    }
  }

  /** The bytes of the line with that number. */
  byte[] line(int number) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int at = 1;
    for (Path file : files()) {
      try (InputStream in = open(file)) {
        int last = '\n';
        for (int b = in.read(); b >= 0; last = b, b = in.read()) {
          if (at == number && !isLineEnd(b)) {
            line.write(b);
          }
          at += b == '\r' || (b == '\n' && last != '\r') ? 1 : 0;
        }
        at += isLineEnd(last) ? 0 : 1;
      }
    }
    return line.toByteArray();
  }

  private static boolean isLineEnd(int b) {
    return b == '\n' || b == '\r';
  }

  private List<Path> files() throws IOException {
    if (format.parts().isEmpty()) {
      return List.of(path);
    }
    List<Path> files = new ArrayList<>();
    for (String part : parts()) {
      files.add(file(part));
    }
    return files;
  }

  /** The parts that are there: one of them may be missing. */
  private List<String> parts() throws IOException {
    List<String> parts = format.parts().stream().filter(part -> Files.exists(file(part))).toList();
    if (parts.isEmpty()) {
      throw new SourceException("none of the files " + String.join(", ", format.parts()));
    }
    return parts;
  }

  private Path file(String part) {
    Path packed = path.resolve(part + ".gz");
    return Files.exists(packed) ? packed : path.resolve(part);
  }

  private InputStream open(Path file) throws IOException {
    return Unpacked.of(kept == null ? raw(file) : new ByteArrayInputStream(kept), Limits.DEFAULT);
  }

  /** The bytes of a file or pipe: Files.newInputStream would seek, which a pipe refuses. */
  static InputStream raw(Path file) throws IOException {
    return new FileInputStream(file.toFile());
  }

  /** Numbers the lines of a later part on from the part before. */
  private record Numbered(int before, ListSink sink) implements ListSink {

    @Override
    public void entry(int line, ListEntry entry) {
      sink.entry(before + line, entry);
    }

    @Override
    public void refused(int line, RefusalReason reason) {
      sink.refused(before + line, reason);
    }

    @Override
    public void skipped(int line) {
      sink.skipped(before + line);
    }
  }
}
