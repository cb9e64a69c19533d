package org.tidegate.proxy.exchange;

/**
 * What becomes of streams that cannot be judged by what they say.
 *
 * @param relayUnknown whether what is neither TLS nor HTTP is relayed
 * @param refuseNameless whether TLS is refused that names no server
 * @param refuseDisagreement whether TLS in a CONNECT is refused that names another server than it
 */
public record TunnelRules(
    boolean relayUnknown, boolean refuseNameless, boolean refuseDisagreement) {}
