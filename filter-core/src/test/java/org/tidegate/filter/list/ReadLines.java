package org.tidegate.filter.list;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a reader makes of bytes, as text: {@code line: SCOPE text}, {@code line: refused REASON}.
 */
final class ReadLines implements ListSink {
  final List<String> found = new ArrayList<>();
  final List<ListEntry> entries = new ArrayList<>();

  static ReadLines of(String format, byte[] bytes) {
    String[] parts = format.split("/", 2);
    ListFormat list = ListFormat.find(parts[0]).orElseThrow();
    ReadLines lines = new ReadLines();
    try {
      list.read(parts.length > 1 ? parts[1] : "", new ByteArrayInputStream(bytes), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }

  @Override
  public void entry(int line, ListEntry entry) {
    found.add(line + ": " + entry.scope() + " " + entry.text());
    entries.add(entry);
  }

  @Override
  public void refused(int line, RefusalReason reason) {
    found.add(line + ": refused " + reason);
  }

  @Override
  public void skipped(int line) {
    found.add(line + ": skipped");
  }
}
