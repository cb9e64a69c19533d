/**
 * What a client is answered when its request is not passed on: splash pages and plain errors.
 *
 * <p>Start at {@link org.tidegate.proxy.splash.SplashPage}. Input is never reflected.
 */
@NullMarked
package org.tidegate.proxy.splash;

import org.jspecify.annotations.NullMarked;
