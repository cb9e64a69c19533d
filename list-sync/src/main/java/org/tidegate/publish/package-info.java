/**
 * Compiling, signing and publishing lists: entries go in, a TUF 1.0 repository of static files
 * comes out. Knows {@code filter-core}, and of {@code org.tidegate.sync} only JSON and disk.
 *
 * <p>Start at {@link org.tidegate.publish.Publisher}. Layout and fields are described in {@code
 * docs/signed-lists.md}.
 */
@NullMarked
package org.tidegate.publish;

import org.jspecify.annotations.NullMarked;
