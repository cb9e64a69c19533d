package org.tidegate.sync.tuf;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Roots by their versions, each signed by the one before and by itself (specification §5.3). */
public final class RootChain {
  private RootChain() {}

  /**
   * A trusted root, the roots that led to it, and those that it leads to.
   *
   * @param known that were verified once; what of them is damaged, or another publisher's, is left
   *     out
   * @return from the oldest to the newest; none after the trusted one rests on those before it
   * @throws RefusedException where the trusted root is none
   */
  public static List<byte[]> of(byte[] trusted, List<byte[]> known) throws RefusedException {
    List<byte[]> chain = new ArrayList<>(leadingTo(trusted, known));
    try {
      chain.addAll(from(trusted, known));
    } catch (RefusedException e) {
      throw e.reason() == ReasonCode.TAMPERED ? new RefusedException(ReasonCode.WRONG_ROOT) : e;
    }
    return List.copyOf(chain);
  }

  /** Whether there is one root that both have. */
  public static boolean meet(List<byte[]> some, List<byte[]> others) {
    return some.stream().anyMatch(root -> indexOf(others, root) >= 0);
  }

  /** Where in the roots that one stands, whoever has signed it there; -1 where it does not. */
  static int indexOf(List<byte[]> roots, byte[] root) {
    Optional<Metadata> sought = parse(root);
    for (int i = 0; i < roots.size() && sought.isPresent(); i++) {
      Optional<Metadata> found = parse(roots.get(i));
      if (found.isPresent() && found.get().signed().equals(sought.get().signed())) {
        return i;
      }
    }
    return -1;
  }

  private static List<byte[]> leadingTo(byte[] trusted, List<byte[]> known) {
    if (known.isEmpty()) {
      return List.of();
    }
    List<byte[]> all = new ArrayList<>(known);
    all.add(trusted);
    try {
      List<byte[]> chain = from(known.get(0), all);
      return chain.subList(0, Math.max(0, indexOf(chain, trusted)));
    } catch (RefusedException e) {
      return List.of(); // damaged
    }
  }

  private static List<byte[]> from(byte[] first, List<byte[]> known) throws RefusedException {
    TrustedSet trusted = new TrustedSet(first, Instant.MIN);
    Map<Long, List<byte[]>> byVersion = byVersion(known);
    List<byte[]> chain = new ArrayList<>();
    for (Optional<byte[]> next = Optional.of(first); next.isPresent(); ) {
      chain.add(next.get());
      next = next(trusted, byVersion.getOrDefault(trusted.root().version() + 1, List.of()));
    }
    return chain;
  }

  private static Optional<byte[]> next(TrustedSet trusted, List<byte[]> candidates) {
    for (byte[] candidate : candidates) {
      try {
        trusted.updateRoot(candidate);
        return Optional.of(candidate);
      } catch (RefusedException e) {
        // Another publisher's.
      }
    }
    return Optional.empty();
  }

  private static Map<Long, List<byte[]>> byVersion(List<byte[]> roots) {
    Map<Long, List<byte[]>> all = new HashMap<>();
    for (byte[] root : roots) {
      parse(root)
          .ifPresent(
              read -> all.computeIfAbsent(read.version(), version -> new ArrayList<>()).add(root));
    }
    return all;
  }

  private static Optional<Metadata> parse(byte[] root) {
    try {
      return Optional.of(Metadata.parse(root, TrustedSet.ROOT));
    } catch (RefusedException e) {
      return Optional.empty();
    }
  }
}
