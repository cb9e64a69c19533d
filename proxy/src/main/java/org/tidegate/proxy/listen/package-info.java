/**
 * How clients come in: a listener as it is configured, and what is known of a connection that came
 * by it: who the client is and, where it was intercepted, which address it had chosen.
 *
 * <p>Start at {@link org.tidegate.proxy.listen.Listener}. Opens no socket and sends nothing.
 */
@NullMarked
package org.tidegate.proxy.listen;

import org.jspecify.annotations.NullMarked;
