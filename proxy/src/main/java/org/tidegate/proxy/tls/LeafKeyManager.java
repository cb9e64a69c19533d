package org.tidegate.proxy.tls;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.net.Socket;
import java.security.KeyPair;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.tidegate.proxy.ca.CertificateAuthority;

/**
 * Shows each client a certificate for the host that its engine was made for: issued when it is
 * first asked for, and kept for a day. All share one key, which lives as long as this does.
 */
final class LeafKeyManager extends X509ExtendedKeyManager {
  /** Of 3 KB each; both kinds of key together no more than a sixteenth of the heap. */
  private static final long MAX_KEPT =
      Math.min(4096, Runtime.getRuntime().maxMemory() / 16 / 2 / 3000);

  private static final Duration KEPT = Duration.ofDays(1);

  private final KeyPair pair;
  private final LoadingCache<String, X509Certificate[]> chains;

  LeafKeyManager(CertificateAuthority authority, KeyPair pair, InstantSource clock) {
    this.pair = pair;
    this.chains =
        Caffeine.newBuilder()
            .maximumSize(MAX_KEPT)
            .expireAfterWrite(KEPT)
            .build(
                host ->
                    authority
                        .issue(host, pair.getPublic(), clock.instant())
                        .toArray(X509Certificate[]::new));
  }

  /** The alias is the host: an engine is made for one and tells it as its peer. */
  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    return keyType.equals(pair.getPublic().getAlgorithm()) ? engine.getPeerHost() : null;
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return chains.get(alias);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return pair.getPrivate();
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, Socket socket) {
    return null;
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, Socket socket) {
    return null;
  }
}
