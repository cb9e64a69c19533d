/**
 * HTTP/1 messages: bytes come in, and a request or response of one reading comes out, or the reason
 * why it is refused.
 *
 * <p>Start at {@link org.tidegate.proxy.http.RequestGate}. Knows nothing of sockets, verdicts or
 * upstream connections.
 */
@NullMarked
package org.tidegate.proxy.http;

import org.jspecify.annotations.NullMarked;
