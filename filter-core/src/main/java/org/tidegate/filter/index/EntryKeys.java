package org.tidegate.filter.index;

/** The two halves, 64 bits each, by which an entry is known. */
record EntryKeys(long host, long rule) {

  @Override
  public String toString() {
    return "EntryKeys";
  }
}
