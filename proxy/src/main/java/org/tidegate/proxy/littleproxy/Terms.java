package org.tidegate.proxy.littleproxy;

import java.util.function.IntPredicate;
import org.tidegate.proxy.event.GatewayEvents;
import org.tidegate.proxy.exchange.Judge;
import org.tidegate.proxy.exchange.Limits;
import org.tidegate.proxy.splash.SplashPage;

/** What every client connection of one LittleProxy shares. */
record Terms(
    Judge judge,
    GatewayEvents events,
    SplashPage splash,
    Limits limits,
    IntPredicate connectPorts,
    boolean relayUnknownTunnels) {}
