package org.tidegate.proxy.exchange;

import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.tidegate.proxy.event.GatewayEvents;
import org.tidegate.proxy.http.ForwardedRules;
import org.tidegate.proxy.splash.ProxyAutoConfig;
import org.tidegate.proxy.splash.SplashPage;
import org.tidegate.proxy.tls.Inspection;
import org.tidegate.proxy.upstream.OwnTraffic;
import org.tidegate.proxy.upstream.Upstreams;

/**
 * What every client connection shares.
 *
 * @param events who is told what happens
 * @param autoConfig what explicit listeners answer who asks them how to find the proxy
 * @param connectPorts to which ports a CONNECT may go
 * @param own what of the traffic that arrives is the gateway's own
 * @param forwarded what is made of the field by which proxies say who a client is
 * @param tunnels what becomes of streams that say too little of themselves
 * @param inspection how TLS is inspected, on the listeners that do
 * @param splice whether the kernel moves large bodies and tunnels on by itself, where it can
 */
public record Services(
    Judge judge,
    GatewayEvents events,
    Upstreams upstreams,
    OwnTraffic own,
    SplashPage splash,
    @Nullable ProxyAutoConfig autoConfig,
    Limits limits,
    IntPredicate connectPorts,
    ForwardedRules forwarded,
    TunnelRules tunnels,
    @Nullable Inspection inspection,
    boolean splice) {}
