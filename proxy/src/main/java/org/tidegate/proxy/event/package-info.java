/**
 * What happens on the data path, told to whoever counts it or logs it. No URL and no host passes
 * through here, nor anything else that a listed entry could be read from.
 *
 * <p>Start at {@link org.tidegate.proxy.event.GatewayEvents}.
 */
@NullMarked
package org.tidegate.proxy.event;

import org.jspecify.annotations.NullMarked;
