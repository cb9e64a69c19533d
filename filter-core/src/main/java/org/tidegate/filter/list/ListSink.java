package org.tidegate.filter.list;

/** Where a reader puts what it finds, with the line's number from 1. */
public interface ListSink {

  /** An entry; a line may hold several. */
  void entry(int line, ListEntry entry);

  /** A line, or one name in it, that should have been an entry and is none. */
  void refused(int line, RefusalReason reason);

  /** A line, or one name in it, that is well understood and is not for us. */
  void skipped(int line);
}
