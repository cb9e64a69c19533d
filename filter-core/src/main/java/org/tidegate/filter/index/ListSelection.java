package org.tidegate.filter.index;

/** Tells cheaply, and from the host alone, which lists are worth a search. */
public interface ListSelection {

  /** The lists that may cover what is looked up, one bit each; the others certainly do not. */
  int candidates(Lookup lookup);

  /**
   * What {@link CompiledList#search} finds in one of them.
   *
   * @param bit the list's among the candidates
   */
  long search(CompiledList list, Lookup lookup, int bit);
}
