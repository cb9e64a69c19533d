package org.tidegate.filter.list;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.tidegate.filter.url.CanonicalHost;

/** A hosts file: an address and names, each of which is that host alone. */
final class HostsReader implements ListReader {
  /** What every hosts file carries for the machine itself. */
  private static final Set<String> OWN_NAMES =
      Set.of(
          "localhost",
          "localhost.localdomain",
          "localhost4",
          "localhost4.localdomain4",
          "localhost6",
          "localhost6.localdomain6",
          "local",
          "broadcasthost",
          "ip6-localhost",
          "ip6-loopback",
          "ip6-localnet",
          "ip6-mcastprefix",
          "ip6-allnodes",
          "ip6-allrouters",
          "ip6-allhosts",
          "0.0.0.0");

  private static final Pattern BLANKS = Pattern.compile("[\\x01-\\x20]+");

  /** Most lines have the same one. */
  private String lastAddress = "";

  @Override
  public void line(RawLine line, ListSink sink) {
    String text = line.withoutComment();
    if (text.isEmpty()) {
      return;
    }
    String[] fields = BLANKS.split(text, -1);
    if (fields.length < 2 || !(fields[0].equals(lastAddress) || isAddress(fields[0]))) {
      sink.refused(line.number(), RefusalReason.NO_ADDRESS);
      return;
    }
    lastAddress = fields[0];
    for (int i = 1; i < fields.length; i++) {
      name(line.number(), fields[i], sink);
    }
  }

  private static void name(int number, String name, ListSink sink) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (OWN_NAMES.contains(lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower)) {
      sink.skipped(number);
    } else if (name.indexOf('*') >= 0) {
      sink.refused(number, RefusalReason.WILDCARD);
    } else if (name.indexOf(':') >= 0) {
      sink.refused(number, RefusalReason.PORT);
    } else {
      RawLine.host(name)
          .map(ListEntry::host)
          .ifPresentOrElse(
              entry -> sink.entry(number, entry),
              () -> sink.refused(number, RefusalReason.INVALID_HOST));
    }
  }

  private static boolean isAddress(String field) {
    int zone = field.indexOf('%');
    String address = zone < 0 ? field : field.substring(0, zone);
    boolean bare = address.indexOf(':') >= 0 && !address.startsWith("[");
    return RawLine.host(bare ? "[" + address + "]" : address)
        .filter(CanonicalHost::isAddress)
        .isPresent();
  }
}
