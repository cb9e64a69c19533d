/**
 * One client connection: its requests are read in order, judged, and answered or passed on, one at
 * a time.
 *
 * <p>Start at {@link org.tidegate.proxy.exchange.ClientConnection}. A connection is always in one
 * {@link org.tidegate.proxy.exchange.Stage}; everything runs on its event loop.
 */
@NullMarked
package org.tidegate.proxy.exchange;

import org.jspecify.annotations.NullMarked;
