package org.tidegate.proxy.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.url.CanonicalHost;

/**
 * How the TLS of managed devices is inspected, and whose is not: hosts that the operator named, and
 * for a while those whose certificate a client refused, where he chose so. Safe for many threads.
 */
public final class Inspection {
  private final InspectionTls tls;
  private final HostSet bypassed;
  private final @Nullable RefusedCertificates refused;

  private Inspection(InspectionTls tls, HostSet bypassed, @Nullable RefusedCertificates refused) {
    this.tls = tls;
    this.bypassed = bypassed;
    this.refused = refused;
  }

  /** Inspects every host. */
  public static Inspection by(InspectionTls tls) {
    return new Inspection(tls, new HostSet(List.of()), null);
  }

  /** As before, but leaves these alone, each with its sub-domains. */
  public Inspection bypassing(Collection<CanonicalHost> hosts) {
    return new Inspection(tls, new HostSet(hosts), refused);
  }

  /** As before, but leaves a host alone for a client that refused its certificate so long ago. */
  public Inspection passingRefused(Duration time) {
    return new Inspection(tls, bypassed, new RefusedCertificates(time));
  }

  /** Whether the operator wants this host left alone. */
  public boolean bypasses(CanonicalHost host) {
    return bypassed.contains(host);
  }

  /** Whether this client refused this host's certificate a while ago, where that counts. */
  public boolean wasRefused(CanonicalHost host, byte @Nullable [] client) {
    return refused != null && refused.contains(host.text(), client);
  }

  /** Notes why a client's handshake failed. */
  public void handshakeFailed(
      CanonicalHost host, byte @Nullable [] client, @Nullable Throwable cause) {
    if (refused != null && ClientAlert.refusesCertificate(cause)) {
      refused.add(host.text(), client);
    }
  }

  /** The handler for one client's connection, in the name of a host. */
  public SslHandler handler(ByteBufAllocator buffers, CanonicalHost host, ClientHello hello) {
    return tls.handler(buffers, host.text(), hello);
  }
}
