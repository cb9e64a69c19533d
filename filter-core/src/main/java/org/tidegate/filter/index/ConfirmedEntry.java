package org.tidegate.filter.index;

/**
 * An entry that would have been held back, had its publisher not confirmed it.
 *
 * @param number of the entry, which discloses nothing
 */
public record ConfirmedEntry(int number, HoldReason reason) {}
