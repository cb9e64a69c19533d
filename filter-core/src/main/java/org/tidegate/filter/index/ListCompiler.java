package org.tidegate.filter.index;

import com.google.common.net.InternetDomainName;
import java.time.Instant;
import java.util.HashSet;
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

  /** A label that the public suffix list names nowhere: only a wildcard rule can match it. */
  private static final String ANY_LABEL = "any-label-at-all.";

  private final ListHeader.Origin origin;
  private final Set<String> confirmed = new HashSet<>();
  private final EntryTable entries = new EntryTable();
  private final HostCensus census = new HostCensus();
  private final UrlView view = new UrlView();
  private final Lookup lookup;
  private final EntryHash hash;
  private int heldBack;

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

  /** Lets that domain be listed although it is a public suffix. */
  public ListCompiler confirm(CanonicalHost suffix) {
    confirmed.add(suffix.text());
    return this;
  }

  /**
   * Takes one entry more.
   *
   * @param line where it stands in the list's text, from 1
   * @return false where the entry is held back: a public suffix as a domain, not confirmed
   */
  public boolean add(ListEntry entry, int line) {
    if (entry.scope() == Scope.DOMAIN && isHeldBack(entry.host())) {
      heldBack++;
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
    view.show(entry.host());
    lookup.begin(view);
    census.add(lookup);
    entries.add(hash.keys(entry), entry.scope(), line);
  }

  private boolean isHeldBack(CanonicalHost host) {
    String name = host.text();
    return isPublicSuffix(name) && !confirmed.contains(name);
  }

  private static boolean isPublicSuffix(String name) {
    // A rule *.name makes suffixes of all that is right below the name: it holds as many owners.
    return name.indexOf('.') < 0 || isSuffix(name) || isSuffix(ANY_LABEL + name);
  }

  private static boolean isSuffix(String name) {
    if (!InternetDomainName.isValid(name)) {
      return false;
    }
    InternetDomainName domain = InternetDomainName.from(name);
    return domain.isPublicSuffix() || domain.isRegistrySuffix();
  }
}
