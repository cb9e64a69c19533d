package org.tidegate.proxy.upstream;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tidegate.proxy.event.GatewayEvents;
import org.tidegate.proxy.listen.ProxyVersion;
import org.tidegate.proxy.tls.OriginTls;

/**
 * How connections onward are made.
 *
 * @param parent the proxy that everything is sent to, if there is one
 * @param privateAllowed whether private networks may be reached
 * @param allowedAddresses what may be reached whatever the address rules say
 * @param announce how PROXY headers name the client first of all, if they are sent
 * @param connect until a connection is open
 * @param idle how long an unused connection is kept
 * @param fieldBytes all fields of an answer together, in HTTP/2
 * @param connectionsPerHost how many connections one host and port may have at once
 * @param events who is told of connections
 * @param tls how TLS is spoken to origins
 */
public record UpstreamSettings(
    @Nullable ParentProxy parent,
    boolean privateAllowed,
    List<InetSocketAddress> allowedAddresses,
    @Nullable ProxyVersion announce,
    Duration connect,
    Duration idle,
    int fieldBytes,
    int connectionsPerHost,
    GatewayEvents events,
    OriginTls tls) {}
