package org.tidegate.filter.index;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.list.Scope;
import org.tidegate.filter.url.CanonicalHost;

/**
 * Which entries are held back until their publisher confirms them, and what became of them. For one
 * thread at a time.
 */
final class HoldRules {
  private record Confirmed(EntryKeys keys, HoldReason reason) {}

  private final Set<String> confirmations = new HashSet<>();
  private final Set<String> shared = new HashSet<>();

  /** The shared hosts, and every domain that one of them lies in. */
  private final Set<String> aboveShared = new HashSet<>();

  private final HeldEntries held = new HeldEntries();
  private final Set<Confirmed> confirmed = new LinkedHashSet<>();

  void confirm(CanonicalHost host) {
    confirmations.add(host.text());
  }

  void share(CanonicalHost host) {
    shared.add(host.text());
    for (String name = host.text(); !name.isEmpty(); name = parent(name)) {
      aboveShared.add(name);
    }
  }

  /** Whether that entry is held back, or else taken. */
  boolean isHeld(ListEntry entry, int line, EntryHash hash) {
    Optional<HoldReason> reason = find(entry);
    if (reason.isEmpty()) {
      return false;
    }
    if (confirmations.contains(entry.host().text())) {
      confirmed.add(new Confirmed(hash.keys(entry), reason.get()));
      return false;
    }
    held.add(line, reason.get());
    return true;
  }

  /** All of them, once no more are to come. */
  List<HeldEntry> held() {
    return Collections.unmodifiableList(held);
  }

  /** The confirmed entries by number, each once. */
  List<ConfirmedEntry> confirmed(SortedEntries entries) {
    return confirmed.stream()
        .map(found -> new ConfirmedEntry(1 + entries.find(found.keys), found.reason))
        .distinct()
        .toList();
  }

  private Optional<HoldReason> find(ListEntry entry) {
    if (!coversWholeHost(entry)) {
      return Optional.empty();
    }
    String name = entry.host().text();
    boolean domain = entry.scope() == Scope.DOMAIN;
    Optional<HoldReason> reason = domain ? PublicSuffixes.find(name) : Optional.empty();
    return reason.isEmpty() && (domain ? aboveShared : shared).contains(name)
        ? Optional.of(HoldReason.SHARED_HOST)
        : reason;
  }

  private static boolean coversWholeHost(ListEntry entry) {
    return switch (entry.scope()) {
      case DOMAIN, HOST -> true;
      case PREFIX -> entry.url().map(url -> url.pathEnd() == url.pathStart() + 1).orElse(false);
      case PAGE, EXACT -> false;
    };
  }

  private static String parent(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1);
  }
}
