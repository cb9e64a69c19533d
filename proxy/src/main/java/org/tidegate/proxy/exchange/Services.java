package org.tidegate.proxy.exchange;

import java.util.function.IntPredicate;
import org.tidegate.proxy.event.GatewayEvents;
import org.tidegate.proxy.splash.SplashPage;
import org.tidegate.proxy.upstream.Upstreams;

/**
 * What every client connection shares.
 *
 * @param events who is told what happens
 * @param connectPorts to which ports a CONNECT may go
 * @param relayUnknownTunnels whether a tunnel that holds neither TLS nor HTTP is relayed
 */
public record Services(
    Judge judge,
    GatewayEvents events,
    Upstreams upstreams,
    SplashPage splash,
    Limits limits,
    IntPredicate connectPorts,
    boolean relayUnknownTunnels) {}
