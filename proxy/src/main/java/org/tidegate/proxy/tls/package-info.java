/**
 * TLS: the first bytes of a connection come in, the server name that a client asks for comes out;
 * and both ends of an inspected connection, the one in an origin's name and the one to it.
 *
 * <p>Start at {@link org.tidegate.proxy.tls.ClientHelloReader} for what is seen from outside, at
 * {@link org.tidegate.proxy.tls.InspectionTls} and {@link org.tidegate.proxy.tls.OriginTls} for the
 * two ends. Knows nothing of HTTP.
 */
@NullMarked
package org.tidegate.proxy.tls;

import org.jspecify.annotations.NullMarked;
