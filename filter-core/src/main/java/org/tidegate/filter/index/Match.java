package org.tidegate.filter.index;

import org.tidegate.filter.list.Scope;

/**
 * The entry of a compiled list that covers what was looked up.
 *
 * @param entry its number in that list, from 1
 */
public record Match(int entry, Scope scope) {}
