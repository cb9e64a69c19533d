/**
 * The compiled list: entries and a list key go in, one immutable array comes out, and that array is
 * searched.
 *
 * <p>Start at {@link org.tidegate.filter.index.CompiledList}; the bytes are described in {@code
 * docs/compiled-list.md}.
 */
@NullMarked
package org.tidegate.filter.index;

import org.jspecify.annotations.NullMarked;
