/**
 * Keeping a gateway's lists current: a repository, a trusted root and a list key go in, verified
 * compiled lists come out, and the last good one of each is stored. Depends on {@code filter-core}
 * only and never meets {@code proxy}.
 *
 * <p>Start at {@link org.tidegate.sync.ListUpdater}; {@code docs/signed-lists.md} has the checks V1
 * to V9 and the reason codes.
 */
@NullMarked
package org.tidegate.sync;

import org.jspecify.annotations.NullMarked;
