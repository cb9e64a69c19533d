package org.tidegate.filter.index;

/** Tells cheaply, and from the host alone, that nothing is listed. */
public interface RootCheck {

  /** Whether what is looked up may be covered; where not, it certainly is not. */
  boolean mightCover(Lookup lookup);
}
