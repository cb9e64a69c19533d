package org.tidegate.proxy.exchange;

import java.util.function.IntPredicate;
import org.tidegate.proxy.splash.SplashPage;
import org.tidegate.proxy.upstream.Upstreams;

/**
 * What every client connection shares.
 *
 * @param connectPorts to which ports a CONNECT may go
 * @param relayUnknownTunnels whether a tunnel that holds neither TLS nor HTTP is relayed
 */
public record Services(
    Judge judge,
    Upstreams upstreams,
    SplashPage splash,
    Limits limits,
    IntPredicate connectPorts,
    boolean relayUnknownTunnels) {}
