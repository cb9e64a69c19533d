package org.tidegate.filter.index;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.tidegate.filter.index.ListFormatException.Reason;
import org.tidegate.filter.index.ListHeader.Counts;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.list.Scope;
import org.tidegate.filter.url.CanonicalHost;

/**
 * A list as it is published and searched: one array of bytes, verified once and never changed. Safe
 * for use by many threads.
 *
 * <p>A host is looked up from its shortest suffix to itself. When the filter has not seen its root,
 * or a crowded suffix before that, nothing further down can be listed. Hot path.
 */
public final class CompiledList implements ListSelection {
  private static final byte[] CANARY_DOMAIN = ".canary.invalid".getBytes(US_ASCII);
  private static final long NONE = 0;
  private static final int SCOPE_BITS = 3;

  private final ListHeader.Origin origin;
  private final ListHeader header;
  private final boolean singleLabels;
  private final HostTable hosts;
  private final RuleTable rules;
  private final Roots roots;

  private CompiledList(byte[] bytes) throws ListFormatException {
    header = new ListHeader(bytes);
    header.verify();
    Counts counts = header.counts();
    int homes = HostTable.homes(counts.hosts());
    int slots = header.length(ListHeader.HOSTS) / HostTable.SLOT - 1;
    int words = BlockedFilter.words(counts.many());
    require(header.length(ListHeader.HOSTS) % HostTable.SLOT == 0 && slots >= homes);
    require(header.length(ListHeader.RULES) == 8L * counts.rules());
    require(header.length(ListHeader.RULE_FILTER) == 8L * words);
    require(
        header.length(ListHeader.ROOT_FILTER)
            == 8L * BlockedFilter.words(counts.roots() + counts.crowded()));
    require(header.length(ListHeader.CROWDED) == 8L * counts.crowded());

    origin = header.origin();
    singleLabels = counts.singleLabels();
    BlockedFilter many = new BlockedFilter(bytes, header.offset(ListHeader.RULE_FILTER), words);
    rules = new RuleTable(bytes, header.offset(ListHeader.RULES), counts.rules(), many);
    hosts = new HostTable(bytes, header.offset(ListHeader.HOSTS), homes, slots);
    roots = new Roots(bytes, header, hosts);
    hosts.verify(counts.hosts(), rules);
    roots.verify(counts.roots());
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
    return rules.size() - 1;
  }

  /** How many of them have that scope. */
  public int entries(Scope scope) {
    return header.entries(scope);
  }

  /** Of this list alone: every bit, or none. */
  @Override
  public int candidates(Lookup lookup) {
    return mightCover(lookup) ? -1 : 0;
  }

  private boolean mightCover(Lookup lookup) {
    int suffix = 0;
    if (lookup.hasSuffix(0) && lookup.isSingleLabel(0)) {
      if (singleLabels && hosts.find(lookup.hostKey(0)) >= 0) {
        return true;
      }
      suffix = 1;
    }
    return lookup.hasSuffix(suffix) && roots.mightContain(lookup.hostKey(suffix));
  }

  /** The first entry that covers what is looked up, the widest scope first. */
  public Optional<Match> find(Lookup lookup) {
    long found = search(lookup);
    return found == NONE ? Optional.empty() : Optional.of(match(found));
  }

  /**
   * As {@link #find}, without allocating.
   *
   * @return what {@link #match} takes, or 0 where nothing covers it
   */
  public long search(Lookup lookup) {
    boolean belowRoot = false;
    for (int suffix = 0; lookup.hasSuffix(suffix); suffix++) {
      if (lookup.isSingleLabel(suffix)) {
        if (!singleLabels) {
          continue;
        }
      } else if (!belowRoot) {
        if (!roots.mightContain(lookup.hostKey(suffix))) {
          return NONE;
        }
        belowRoot = !roots.isCrowded(lookup.hostKey(suffix));
      }
      if (lookup.hasSuffix(suffix + 1)) {
        lookup.hostKey(suffix + 1); // ahead of need: the processor then fetches both slots at once
      }
      int slot = hosts.find(lookup.hostKey(suffix));
      long found = slot < 0 ? NONE : search(slot, lookup, suffix);
      if (found != NONE) {
        return found;
      }
    }
    return NONE;
  }

  /**
   * The same where other lists are looked up with it, and it is known which may cover it.
   *
   * @param bit the list's among the candidates of its {@link ListSelection}
   */
  public long search(Lookup lookup, int bit) {
    if (!lookup.knowsLists()) {
      return search(lookup);
    }
    for (int suffix = 0; lookup.hasSuffix(suffix); suffix++) {
      if (lookup.mayCover(bit, suffix)) {
        int slot = hosts.find(lookup.hostKey(suffix));
        long found = slot < 0 ? NONE : search(slot, lookup, suffix);
        if (found != NONE) {
          return found;
        }
      }
    }
    return NONE;
  }

  /** The entry that {@link #search} has found. */
  public static Match match(long found) {
    Scope scope = ScopeCode.ofTag((int) found & (1 << SCOPE_BITS) - 1);
    return new Match((int) (found >>> SCOPE_BITS), scope);
  }

  /** The number of that very entry, or nothing where the list does not hold it. */
  public Optional<Match> find(ListKey key, ListEntry entry) {
    EntryKeys keys = new EntryHash(key).keys(entry);
    int slot = hosts.find(keys.host());
    long found = slot < 0 ? NONE : rule(slot, entry.scope(), keys.rule());
    return found == NONE ? Optional.empty() : Optional.of(match(found));
  }

  Roots roots() {
    return roots;
  }

  int rootCount() {
    return header.counts().roots();
  }

  int hostCount() {
    return header.counts().hosts();
  }

  /** Whether a host or domain with that key may be listed. */
  boolean mightHaveHost(long key) {
    return hosts.mightContain(key);
  }

  HostTable hosts() {
    return hosts;
  }

  boolean hasSingleLabels() {
    return singleLabels;
  }

  private long search(int slot, Lookup lookup, int suffix) {
    if (hosts.hasScope(slot, Scope.DOMAIN)) {
      long found = rule(slot, Scope.DOMAIN, lookup.ruleKey(suffix, Scope.DOMAIN));
      if (found != NONE) {
        return found;
      }
    }
    if (!lookup.isWholeHost(suffix)) {
      return NONE;
    }
    if (hosts.hasScope(slot, Scope.HOST)) {
      long found = rule(slot, Scope.HOST, lookup.ruleKey(suffix, Scope.HOST));
      if (found != NONE) {
        return found;
      }
    }
    return lookup.hasPath() ? search(slot, lookup.path(suffix)) : NONE;
  }

  private long search(int slot, PathKeys path) {
    if (hosts.hasScope(slot, Scope.PREFIX)) {
      for (int prefix = 0; path.hasPrefix(prefix); prefix++) {
        long found = rule(slot, Scope.PREFIX, path.prefix(prefix));
        if (found != NONE) {
          return found;
        }
      }
    }
    if (hosts.hasScope(slot, Scope.PAGE)) {
      long found = rule(slot, Scope.PAGE, path.page());
      if (found != NONE) {
        return found;
      }
    }
    return hosts.hasScope(slot, Scope.EXACT) ? rule(slot, Scope.EXACT, path.exact()) : NONE;
  }

  private long rule(int slot, Scope scope, long key) {
    if (!hosts.mightContain(slot, key)) {
      return NONE;
    }
    long number = rules.find(hosts.firstRule(slot), hosts.rules(slot), key);
    return number == 0 ? NONE : number << SCOPE_BITS | ScopeCode.tag(scope);
  }

  private static void require(boolean holds) throws ListFormatException {
    ListHeader.require(holds, Reason.STRUCTURE);
  }

  @Override
  public String toString() {
    return "CompiledList[" + name() + ", serial " + serial() + ", " + entries() + " entries]";
  }
}
