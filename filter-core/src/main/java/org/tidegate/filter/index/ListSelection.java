package org.tidegate.filter.index;

/** Tells cheaply which lists are worth a search. */
public interface ListSelection {

  /** The lists that may cover what is looked up, one bit each; the others certainly do not. */
  int candidates(Lookup lookup);
}
