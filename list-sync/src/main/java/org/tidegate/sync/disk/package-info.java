/**
 * Files that are there as a whole or not at all, whatever is killed when.
 *
 * <p>Start at {@link org.tidegate.sync.disk.Disk}.
 */
@NullMarked
package org.tidegate.sync.disk;

import org.jspecify.annotations.NullMarked;
