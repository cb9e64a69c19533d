package org.tidegate.filter.list;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A DNS response-policy zone. Names are gathered to the end of the zone, since a name and its
 * {@code *.name} are two records in any order, and only together are they a domain.
 */
final class RpzReader implements ListReader {
  /** Records of the zone itself. */
  private static final Set<String> ZONE_TYPES =
      Set.of(
          "SOA",
          "NS",
          "DS",
          "CDS",
          "DNSKEY",
          "CDNSKEY",
          "RRSIG",
          "NSEC",
          "NSEC3",
          "NSEC3PARAM",
          "ZONEMD");

  /** Local data: the answer is replaced, so the name is blocked. */
  private static final Set<String> LOCAL_DATA =
      Set.of(
          "A", "AAAA", "CAA", "CNAME", "HINFO", "HTTPS", "LOC", "MX", "NAPTR", "PTR", "RP", "SPF",
          "SRV", "SVCB", "TLSA", "TXT", "URI");

  private static final Set<String> OTHER_TRIGGERS =
      Set.of("rpz-ip", "rpz-client-ip", "rpz-nsdname", "rpz-nsip");

  /** What is known of a name so far; a line is 0 until seen. */
  private static final class Found {
    int alone;
    int below;
  }

  private final ZoneRecord record = new ZoneRecord();
  private final ZoneNames names = new ZoneNames();
  private final Map<String, Found> blocked = new LinkedHashMap<>();
  private Optional<String> lastOwner = Optional.empty();
  private int lastLine;

  @Override
  public void line(RawLine line, ListSink sink) {
    lastLine = line.number();
    record.add(line.text());
    if (record.isOverlong()) {
      sink.refused(line.number(), RefusalReason.MALFORMED);
    } else if (record.isComplete() && !record.tokens().isEmpty()) {
      complete(line.number(), record.tokens(), sink);
    }
  }

  private void complete(int number, List<String> tokens, ListSink sink) {
    String first = tokens.get(0).toUpperCase(Locale.ROOT);
    if (!record.ownerIsLeftOut() && first.startsWith("$")) {
      directive(number, first, tokens, sink);
      return;
    }
    String owner = ZoneNames.spelled(tokens.get(0));
    int type = typeAt(tokens, record.ownerIsLeftOut() ? 0 : 1);
    String name = type < tokens.size() ? tokens.get(type).toUpperCase(Locale.ROOT) : "";
    if (name.equals("SOA") && !record.ownerIsLeftOut()) {
      names.apex(owner);
    }
    if (!record.ownerIsLeftOut()) {
      lastOwner = names.within(owner);
    }
    boolean zoneOwn = ZONE_TYPES.contains(name);
    if (!zoneOwn && !(LOCAL_DATA.contains(name) && type + 1 < tokens.size())) {
      sink.refused(number, RefusalReason.MALFORMED);
      return;
    }
    if (zoneOwn) {
      sink.skipped(number);
    } else {
      record(number, name, tokens.get(type + 1), sink);
    }
  }

  private void directive(int number, String directive, List<String> tokens, ListSink sink) {
    if (directive.equals("$ORIGIN") && tokens.size() > 1) {
      names.origin(ZoneNames.spelled(tokens.get(1)));
    } else if (!directive.equals("$TTL")) {
      sink.refused(number, RefusalReason.MALFORMED);
    }
  }

  /** Behind the TTL and the class, which come in either order. */
  private static int typeAt(List<String> tokens, int from) {
    int at = from;
    while (at < tokens.size() && at < from + 2 && isTtlOrClass(tokens.get(at))) {
      at++;
    }
    return at;
  }

  private static boolean isTtlOrClass(String token) {
    return Character.isDigit(token.charAt(0))
        || Set.of("IN", "CH", "HS").contains(token.toUpperCase(Locale.ROOT));
  }

  private void record(int number, String type, String data, ListSink sink) {
    if (lastOwner.isEmpty()) {
      sink.refused(number, RefusalReason.OUTSIDE_ZONE);
      return;
    }
    String owner = lastOwner.get();
    boolean other = OTHER_TRIGGERS.contains(owner.substring(owner.lastIndexOf('.') + 1));
    if (owner.isEmpty() || other || (type.equals("CNAME") && passes(owner, data))) {
      sink.skipped(number);
      return;
    }
    boolean below = owner.startsWith("*.");
    String name = below ? owner.substring(2) : owner;
    if (name.indexOf('*') >= 0) {
      sink.refused(number, RefusalReason.WILDCARD);
      return;
    }
    Found found = blocked.computeIfAbsent(name, n -> new Found());
    if (below && found.below == 0) {
      found.below = number;
    } else if (!below && found.alone == 0) {
      found.alone = number;
    }
  }

  /** Whether the action lets the name through; a CNAME to itself is the old spelling of it. */
  private boolean passes(String owner, String target) {
    String action = ZoneNames.lower(ZoneNames.spelled(target));
    String name = action.endsWith(".") ? action.substring(0, action.length() - 1) : action;
    return name.equals("rpz-passthru") || name.equals("rpz-tcp-only") || name.equals(owner);
  }

  @Override
  public void end(ListSink sink) {
    if (!record.isComplete()) {
      sink.refused(lastLine, RefusalReason.MALFORMED);
    }
    blocked.forEach((name, found) -> entry(name, found, sink));
    blocked.clear();
  }

  private static void entry(String name, Found found, ListSink sink) {
    if (found.alone == 0) {
      sink.refused(found.below, RefusalReason.WILDCARD);
      return;
    }
    // In the DNS these are no more than characters.
    Optional<ListEntry> entry =
        name.chars().anyMatch(c -> "%:[".indexOf(c) >= 0)
            ? Optional.empty()
            : RawLine.host(name)
                .map(host -> found.below > 0 ? ListEntry.domain(host) : ListEntry.host(host));
    entry.ifPresentOrElse(
        e -> sink.entry(found.alone, e),
        () -> sink.refused(found.alone, RefusalReason.INVALID_HOST));
  }
}
