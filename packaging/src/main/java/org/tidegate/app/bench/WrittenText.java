package org.tidegate.app.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.tidegate.filter.list.ListFormat;
import org.tidegate.filter.list.ListSink;

/**
 * A list of the reference mix in a file of its own, until it is closed: reading it takes no longer
 * than reading any list does.
 */
public final class WrittenText implements EntryText, AutoCloseable {
  private final Path file;

  private WrittenText(Path file) {
    this.file = file;
  }

  /** Writes it to the directory for temporary files. */
  public static WrittenText of(ReferenceMix mix) throws IOException {
    WrittenText text = new WrittenText(Files.createTempFile("tidegate-bench", ".txt"));
    try (InputStream lines = mix.listText()) {
      Files.copy(lines, text.file, StandardCopyOption.REPLACE_EXISTING);
      return text;
    } catch (IOException e) {
      text.close();
      throw e;
    }
  }

  @Override
  public void read(ListSink sink) throws IOException {
    try (InputStream lines = Files.newInputStream(file)) {
      ListFormat.NATIVE.read(lines, sink);
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
