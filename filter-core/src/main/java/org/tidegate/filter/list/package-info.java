/**
 * List entries and the readers of list formats: lines go in, typed entries and counted refusals
 * come out.
 *
 * <p>Start at {@link org.tidegate.filter.list.ListEntry}. Knows nothing of keys, hashes or files.
 */
@NullMarked
package org.tidegate.filter.list;

import org.jspecify.annotations.NullMarked;
