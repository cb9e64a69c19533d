/**
 * The judgement: a canonical URL or host goes in, a {@link org.tidegate.filter.Verdict} comes out.
 *
 * <p>Start at {@link org.tidegate.filter.UrlFilter}. Nothing here touches files, sockets, threads,
 * the clock, logging or metrics.
 */
@NullMarked
package org.tidegate.filter;

import org.jspecify.annotations.NullMarked;
