package org.tidegate.proxy.upstream;

/** The proxy that everything is sent to. Names and addresses are then its business. */
public record ParentProxy(String host, int port) {}
