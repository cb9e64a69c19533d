/**
 * The gateway: client connections come in, judged requests go out, splash pages come back.
 *
 * <p>Start at {@link org.tidegate.proxy.Gateway}. Knows nothing of how lists arrive.
 */
@NullMarked
package org.tidegate.proxy;

import org.jspecify.annotations.NullMarked;
