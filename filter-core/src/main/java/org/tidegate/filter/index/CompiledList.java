package org.tidegate.filter.index;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.index.ListFormatException.Reason;
import org.tidegate.filter.index.ListHeader.Counts;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.list.Scope;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.filter.url.CanonicalUrl;

/**
 * A list as it is published and searched: one array of bytes, verified once and never changed. Safe
 * for use by many threads.
 *
 * <p>A host is looked up from its shortest suffix to itself. The first suffix that is not crowded
 * is its root, and when the root filter has not seen it, nothing further down can be listed.
 */
public final class CompiledList {
  private static final byte[] CANARY_DOMAIN = ".canary.invalid".getBytes(US_ASCII);

  private final ListHeader.Origin origin;
  private final ListHeader header;
  private final int rules;
  private final boolean singleLabels;
  private final CrowdedSuffixes crowded;
  private final RootFilter roots;
  private final HostTable hosts;
  private final RuleTable ruleKeys;

  private CompiledList(byte[] bytes) throws ListFormatException {
    header = new ListHeader(bytes);
    header.verify();
    Counts counts = header.counts();
    int homes = HostTable.homes(counts.hosts());
    int slots = header.length(ListHeader.HOSTS) / HostTable.SLOT;
    require(header.length(ListHeader.CROWDED) == 8L * counts.crowded());
    require(header.length(ListHeader.ROOTS) == 8L * RootFilter.words(counts.roots()));
    require(header.length(ListHeader.HOSTS) % HostTable.SLOT == 0 && slots >= homes);
    require(header.length(ListHeader.RULES) == 8L * counts.rules());

    origin = header.origin();
    rules = counts.rules();
    singleLabels = counts.singleLabels();
    crowded = new CrowdedSuffixes(bytes, header.offset(ListHeader.CROWDED), counts.crowded());
    roots =
        new RootFilter(bytes, header.offset(ListHeader.ROOTS), RootFilter.words(counts.roots()));
    hosts = new HostTable(bytes, header.offset(ListHeader.HOSTS), homes, slots);
    ruleKeys = new RuleTable(bytes, header.offset(ListHeader.RULES));
    crowded.verify();
    hosts.verify(counts.hosts(), counts.rules(), ruleKeys);
  }

  /**
   * Opens a compiled list.
   *
   * @param bytes handed over: not to be changed afterwards
   * @throws ListFormatException for a damaged or hostile file
   */
  public static CompiledList open(byte[] bytes) throws ListFormatException {
    return new CompiledList(bytes);
  }

  /** The host of a list's canary entry, by which a gateway proves that it enforces the list. */
  public static CanonicalHost canary(String listName) {
    return Optional.of(listName)
        .filter(ListHeader::isName)
        .flatMap(name -> CanonicalHost.parse(name + new String(CANARY_DOMAIN, US_ASCII)))
        .orElseThrow(() -> new IllegalArgumentException("list name (expected: [a-z0-9-]{1,32})"));
  }

  /** Whether a host is kept for canaries: nothing has such a name. */
  public static boolean isCanary(CanonicalHost host) {
    byte[] bytes = host.bytes();
    int from = bytes.length - CANARY_DOMAIN.length;
    return from > 0
        && Arrays.equals(bytes, from, bytes.length, CANARY_DOMAIN, 0, CANARY_DOMAIN.length);
  }

  public String name() {
    return origin.name();
  }

  public long serial() {
    return origin.serial();
  }

  /** To the second. */
  public Instant created() {
    return origin.created();
  }

  /** The {@link ListKey#id} of the key that it was compiled with. */
  public String keyId() {
    return ListKey.hex(origin.keyId());
  }

  /** Whether it was compiled with that key. */
  public boolean hasKey(ListKey key) {
    return origin.keyId() == key.idBits();
  }

  /** How many entries it has, the canary left out. */
  public int entries() {
    return rules - 1;
  }

  /** How many of them have that scope. */
  public int entries(Scope scope) {
    return header.entries(scope);
  }

  /** The first entry that covers what is looked up, the widest scope first. */
  public Optional<Match> find(Lookup lookup) {
    boolean belowRoot = false;
    for (int suffix = 0; lookup.hasSuffix(suffix); suffix++) {
      if (lookup.isSingleLabel(suffix)) {
        if (!singleLabels) {
          continue;
        }
      } else if (!belowRoot && !crowded.contains(lookup.hostKey(suffix))) {
        if (!roots.mightContain(lookup.hostKey(suffix))) {
          return Optional.empty();
        }
        belowRoot = true;
      }
      int slot = hosts.find(lookup.hostKey(suffix));
      Match match = slot < 0 ? null : match(slot, lookup, suffix);
      if (match != null) {
        return Optional.of(match);
      }
    }
    return Optional.empty();
  }

  /** The number of that very entry, or nothing where the list does not hold it. */
  public Optional<Match> find(ListKey key, ListEntry entry) {
    EntryKeys keys = EntryKeys.of(key, entry);
    int slot = hosts.find(keys.host());
    int number = slot < 0 ? 0 : number(slot, keys.rule());
    return number == 0 ? Optional.empty() : Optional.of(new Match(number, entry.scope()));
  }

  private @Nullable Match match(int slot, Lookup lookup, int suffix) {
    if (hosts.hasScope(slot, Scope.DOMAIN)) {
      int number = number(slot, lookup.ruleKey(suffix, Scope.DOMAIN));
      if (number > 0) {
        return new Match(number, Scope.DOMAIN);
      }
    }
    if (!lookup.isWholeHost(suffix)) {
      return null;
    }
    if (hosts.hasScope(slot, Scope.HOST)) {
      int number = number(slot, lookup.ruleKey(suffix, Scope.HOST));
      if (number > 0) {
        return new Match(number, Scope.HOST);
      }
    }
    CanonicalUrl url = lookup.url();
    return url == null ? null : match(slot, lookup.pathHash(suffix, url), url);
  }

  private @Nullable Match match(int slot, PathHash path, CanonicalUrl url) {
    if (hosts.hasScope(slot, Scope.PREFIX)) {
      for (int at = url.pathStart(); at < url.pathEnd(); at++) {
        int number = url.bytes()[at] == '/' ? number(slot, path.ruleKey(at + 1, Scope.PREFIX)) : 0;
        if (number > 0) {
          return new Match(number, Scope.PREFIX);
        }
      }
    }
    if (hosts.hasScope(slot, Scope.PAGE)) {
      int number = number(slot, path.ruleKey(url.pathEnd(), Scope.PAGE));
      if (number > 0) {
        return new Match(number, Scope.PAGE);
      }
    }
    if (hosts.hasScope(slot, Scope.EXACT)) {
      int number = number(slot, path.ruleKey(url.bytes().length, Scope.EXACT));
      if (number > 0) {
        return new Match(number, Scope.EXACT);
      }
    }
    return null;
  }

  private int number(int slot, long ruleKey) {
    return ruleKeys.find(hosts.firstRule(slot), hosts.rules(slot), ruleKey);
  }

  private static void require(boolean holds) throws ListFormatException {
    ListHeader.require(holds, Reason.STRUCTURE);
  }

  @Override
  public String toString() {
    return "CompiledList[" + name() + ", serial " + serial() + ", " + entries() + " entries]";
  }
}
