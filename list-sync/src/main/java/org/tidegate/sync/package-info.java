/**
 * Keeping a gateway's lists current. Depends on {@code filter-core} only and never meets {@code
 * proxy}.
 */
@NullMarked
package org.tidegate.sync;

import org.jspecify.annotations.NullMarked;
