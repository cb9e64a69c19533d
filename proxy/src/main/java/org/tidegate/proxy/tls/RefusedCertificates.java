package org.tidegate.proxy.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which client refused the gateway's certificate for which host a while ago. Kept are salted
 * digests, no names and no addresses. Safe for many threads.
 */
final class RefusedCertificates {
  private static final int MAX_KEPT = 20_000;
  private static final int SALT_BYTES = 16;

  private final byte[] salt = new byte[SALT_BYTES];
  private final Cache<ByteBuffer, Boolean> refused;

  RefusedCertificates(Duration kept) {
    new SecureRandom().nextBytes(salt);
    refused = Caffeine.newBuilder().maximumSize(MAX_KEPT).expireAfterWrite(kept).build();
  }

  void add(String host, byte @Nullable [] client) {
    refused.put(digest(host, client), true);
  }

  boolean contains(String host, byte @Nullable [] client) {
    return refused.getIfPresent(digest(host, client)) != null;
  }

  private ByteBuffer digest(String host, byte @Nullable [] client) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(salt);
      sha.update(host.getBytes(UTF_8));
      sha.update((byte) 0);
      if (client != null) {
        sha.update(client);
      }
      return ByteBuffer.wrap(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every Java platform", e);
    }
  }
}
