package org.tidegate.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** An address that the gateway cannot listen on. */
public final class ListenException extends IOException {
  private static final long serialVersionUID = 1;

  private final InetSocketAddress address;

  ListenException(InetSocketAddress address, @Nullable Throwable cause) {
    super("cannot listen on " + address, cause);
    this.address = address;
  }

  /** The address as it was configured. */
  public InetSocketAddress address() {
    return address;
  }
}
