/**
 * HTTP/2 to clients, and to origins (RFC 9113): every stream becomes a connection of one request in
 * HTTP/1.1, and the other way round. So there is one gate, one judgement and one way onward for
 * both versions, and nothing that HTTP/2 can say reaches them unread.
 *
 * <p>Start at {@link org.tidegate.proxy.http2.Http2Streams} for clients, at {@link
 * org.tidegate.proxy.http2.Http2Origin} for origins. Knows nothing of verdicts or upstream
 * connections.
 */
@NullMarked
package org.tidegate.proxy.http2;

import org.jspecify.annotations.NullMarked;
