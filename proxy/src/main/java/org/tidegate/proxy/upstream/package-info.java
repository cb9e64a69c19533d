/**
 * The way onward: from a host and port to an open connection, within the address rules; and what
 * the kernel moves over it.
 *
 * <p>Start at {@link org.tidegate.proxy.upstream.Upstreams}. Everything runs on the event loop of
 * the client connection that asks; nothing waits.
 */
@NullMarked
package org.tidegate.proxy.upstream;

import org.jspecify.annotations.NullMarked;
