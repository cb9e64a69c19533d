package org.tidegate.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An address that the gateway cannot listen on. */
public final class ListenException extends IOException {
  private static final long serialVersionUID = 1;

  private final InetSocketAddress address;
  private final @Nullable String lacking;

  ListenException(InetSocketAddress address, @Nullable Throwable cause) {
    super("cannot listen on " + address, cause);
    this.address = address;
    this.lacking = null;
  }

  ListenException(InetSocketAddress address, String lacking) {
    super("cannot listen on " + address + ": " + lacking);
    this.address = address;
    this.lacking = lacking;
  }

  /** The address as it was configured. */
  public InetSocketAddress address() {
    return address;
  }

  /** What the kind of listener needs and does not have, with what was expected; often nothing. */
  public Optional<String> lacking() {
    return Optional.ofNullable(lacking);
  }
}
