package org.tidegate.filter.index;

import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.list.Scope;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.filter.url.UrlView;

/**
 * Makes a compiled list from entries. What comes out depends on the entries and the key, not on
 * their order. For one thread, one list.
 */
public final class ListCompiler {
  /** The line that {@link Compilation#line} gives for the canary: none. */
  static final int NO_LINE = 0;

  private final ListHeader.Origin origin;
  private final Set<String> confirmed = new HashSet<>();
  private final EntryTable entries = new EntryTable();
  private final HostCensus census = new HostCensus();
  private final UrlView view = new UrlView();
  private final Lookup lookup;
  private final EntryHash hash;
  private final Set<String> shared = new HashSet<>();
  private final Map<HoldReason, Integer> heldBack = new EnumMap<>(HoldReason.class);

  /**
   * @param name lower-case letters, digits and hyphens, at most 32
   * @param serial of this edition, not negative
   * @param created taken to the second
   */
  public ListCompiler(ListKey key, String name, long serial, Instant created) {
    if (serial < 0) {
      throw new IllegalArgumentException("serial " + serial + " (expected: not negative)");
    }
    if (!ListHeader.isTime(created)) {
      throw new IllegalArgumentException("creation time (expected: from 1970 to 9999)");
    }
    this.lookup = new Lookup(key);
    this.hash = new EntryHash(key);
    ListEntry canary = ListEntry.host(CompiledList.canary(name));
    this.origin = new ListHeader.Origin(name, serial, created, key.idBits());
    put(canary, NO_LINE);
  }

  /**
   * Names a host that very many people share: an entry for all of it, or for a domain that it lies
   * in, is held back.
   */
  public ListCompiler share(CanonicalHost host) {
    for (String name = host.text(); !name.isEmpty(); name = parent(name)) {
      shared.add(name);
    }
    return this;
  }

  /** Lets all of that host or domain be listed although such entries are held back. */
  public ListCompiler confirm(CanonicalHost suffix) {
    confirmed.add(suffix.text());
    return this;
  }

  /**
   * Takes one entry more.
   *
   * @param line where it stands in the list's text, from 1
   * @return false where the entry is held back: a public suffix as a domain, or all of a host that
   *     very many share, not confirmed
   */
  public boolean add(ListEntry entry, int line) {
    Optional<HoldReason> reason = holdReason(entry);
    if (reason.isPresent()) {
      heldBack.merge(reason.get(), 1, Integer::sum);
      return false;
    }
    put(entry, line);
    return true;
  }

  /**
   * Compiles what was added.
   *
   * @throws ListFormatException where it is more than a compiled list can hold
   */
  public Compilation compile() throws ListFormatException {
    return new CompilationRun(origin, entries, census).run(heldBack);
  }

  private void put(ListEntry entry, int line) {
    EntryKeys keys = hash.keys(entry);
    entries.add(keys, entry.scope(), line);
    if (!census.has(keys.host())) {
      view.show(entry.host());
      lookup.begin(view);
      census.add(lookup);
    }
  }

  private Optional<HoldReason> holdReason(ListEntry entry) {
    if (!coversWholeHost(entry)) {
      return Optional.empty();
    }
    String name = entry.host().text();
    Optional<HoldReason> reason =
        entry.scope() == Scope.DOMAIN ? PublicSuffixes.find(name) : Optional.empty();
    if (reason.isEmpty() && shared.contains(name)) {
      reason = Optional.of(HoldReason.SHARED_HOST);
    }
    return confirmed.contains(name) ? Optional.empty() : reason;
  }

  private static boolean coversWholeHost(ListEntry entry) {
    return switch (entry.scope()) {
      case DOMAIN, HOST -> true;
      case PREFIX -> entry.url().filter(url -> url.pathEnd() == url.pathStart() + 1).isPresent();
      case PAGE, EXACT -> false;
    };
  }

  private static String parent(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1);
  }
}
