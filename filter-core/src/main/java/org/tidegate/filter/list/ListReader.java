package org.tidegate.filter.list;

/** Reads the lines of one part of a list in one format. Keeps the state of one reading. */
interface ListReader {

  /** Never throws, whatever the line. */
  void line(RawLine line, ListSink sink);

  /** After the last line. */
  default void end(ListSink sink) {}
}
