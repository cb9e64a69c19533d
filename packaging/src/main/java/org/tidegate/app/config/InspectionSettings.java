package org.tidegate.app.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.url.CanonicalHost;

/**
 * How TLS is inspected, on the listeners that do.
 *
 * @param authority the certificate authority's files, if there are any
 * @param place where they stand in the file
 * @param bypass hosts that are left alone, with their sub-domains
 * @param passRefused how long a host is left alone for a client that refused its certificate
 * @param http2 whether clients are offered HTTP/2
 */
public record InspectionSettings(
    @Nullable Authority authority,
    String place,
    List<CanonicalHost> bypass,
    @Nullable Duration passRefused,
    boolean http2) {

  /**
   * The files of a certificate authority.
   *
   * @param file the certificate in PEM, or both in PKCS#12
   * @param key the key in PEM; null for PKCS#12
   * @param passphrase the file with the passphrase
   */
  public record Authority(Path file, @Nullable Path key, @Nullable Path passphrase) {}

  /** The certificate authority's files, if there are any. */
  public Optional<Authority> files() {
    return Optional.ofNullable(authority);
  }

  /** How long a refused host is left alone, if it is. */
  public Optional<Duration> refused() {
    return Optional.ofNullable(passRefused);
  }
}
