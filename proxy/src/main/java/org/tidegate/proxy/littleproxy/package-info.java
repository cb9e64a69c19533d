/**
 * Tidegate inside another application's LittleProxy: what comes in on its client connections is
 * gated, judged and rebuilt before LittleProxy sees any of it, and so is what origins answer gated.
 *
 * <p>Start at {@link org.tidegate.proxy.littleproxy.GatedFilters}. The only package that knows
 * LittleProxy; nothing else in the product needs it.
 */
@NullMarked
package org.tidegate.proxy.littleproxy;

import org.jspecify.annotations.NullMarked;
