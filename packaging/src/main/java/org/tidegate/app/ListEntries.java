package org.tidegate.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.list.ListSink;
import org.tidegate.filter.list.RefusalReason;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.publish.EntrySource;

/** The entries of a list's text, and its refused lines by number and reason where wanted. */
record ListEntries(
    Text text,
    List<CanonicalHost> confirmed,
    List<CanonicalHost> shared,
    boolean tellsRefused,
    PrintWriter err)
    implements EntrySource {

  /** What gives every line to a sink. */
  interface Text {
    void read(ListSink sink) throws IOException;
  }

  @Override
  public void read(ListSink sink) throws IOException {
    text.read(tellsRefused ? new Telling(sink, err) : sink);
  }

  private record Telling(ListSink sink, PrintWriter err) implements ListSink {

    @Override
    public void entry(int line, ListEntry entry) {
      sink.entry(line, entry);
    }

    @Override
    public void refused(int line, RefusalReason reason) {
      err.println("line " + line + ": " + reason);
      sink.refused(line, reason);
    }

    @Override
    public void skipped(int line) {
      sink.skipped(line);
    }
  }
}
