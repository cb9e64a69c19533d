/**
 * What a client is answered when its request is not passed on: splash pages and plain errors. A
 * list's name and a few request fields that only choose language and kind go in, status, header
 * fields and bytes come out.
 *
 * <p>Start at {@link org.tidegate.proxy.splash.SplashPage}. No URL, host or entry enters this
 * package, and nothing of the request is reflected. The only package that knows the template
 * library; it knows nothing of Netty.
 */
@NullMarked
package org.tidegate.proxy.splash;

import org.jspecify.annotations.NullMarked;
