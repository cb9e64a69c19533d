package org.tidegate.app;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.list.ListFormat;
import org.tidegate.filter.list.ListSink;
import org.tidegate.filter.list.RefusalReason;
import org.tidegate.publish.source.CsvColumn;
import org.tidegate.publish.source.Limits;
import org.tidegate.publish.source.TextSource;
import org.tidegate.publish.source.Unpacked;

/**
 * A list's text as its licensor offers it, unpacked and read as it comes: neither a disk nor the
 * memory ever holds the whole of it in clear.
 *
 * @param column of a CSV; null for a text of lines
 */
record ListLines(TextSource source, ListFormat format, @Nullable String column, char delimiter) {

  void read(ListSink sink) throws IOException {
    try (InputStream packed = source.open();
        InputStream text = Unpacked.of(packed, Limits.DEFAULT)) {
      format.read(column == null ? text : column(text, column, sink), sink);
    }
  }

  private InputStream column(InputStream csv, String name, ListSink sink) {
    return CsvColumn.of(
        csv, name, delimiter, record -> sink.refused(record, RefusalReason.NO_COLUMN));
  }

  @Override
  public String toString() {
    return "ListLines";
  }
}
