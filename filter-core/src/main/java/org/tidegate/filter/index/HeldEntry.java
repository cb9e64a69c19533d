package org.tidegate.filter.index;

/**
 * An entry that was held back.
 *
 * @param line where it stands in the list's text
 */
public record HeldEntry(int line, HoldReason reason) {}
