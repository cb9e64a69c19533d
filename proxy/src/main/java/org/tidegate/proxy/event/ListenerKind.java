package org.tidegate.proxy.event;

/** How a client's connection came to the gateway. */
public enum ListenerKind {
  EXPLICIT,
  TRANSPARENT
}
