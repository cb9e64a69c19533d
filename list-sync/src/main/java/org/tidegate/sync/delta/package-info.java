/**
 * What changed between two editions of a list, as a patch.
 *
 * <p>In: two editions, or one and a patch. Out: a patch, or the other edition. A patch is one zstd
 * frame whose dictionary is the edition before, both in the form of {@link
 * org.tidegate.filter.index.PatchForm}. Start at {@link org.tidegate.sync.delta.Delta}. Nothing
 * here is trusted: what comes out is verified as if it had been fetched whole.
 */
@NullMarked
package org.tidegate.sync.delta;

import org.jspecify.annotations.NullMarked;
