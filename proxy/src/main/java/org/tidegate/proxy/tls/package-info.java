/**
 * TLS seen from outside: the first bytes of a connection come in, the server name that a client
 * asks for comes out.
 *
 * <p>Start at {@link org.tidegate.proxy.tls.ClientHelloReader}. Nothing is decrypted.
 */
@NullMarked
package org.tidegate.proxy.tls;

import org.jspecify.annotations.NullMarked;
