package org.tidegate.app.config;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.ClientNetwork;
import org.tidegate.proxy.listen.Listener;
import org.tidegate.proxy.listen.Listener.Kind;

/** Reads where clients come in. For one reading. */
final class ListenerReader {
  private static final InetSocketAddress LISTEN = new InetSocketAddress("127.0.0.1", 8080);
  private static final Format<Kind> MODE =
      Format.word("tproxy", Kind.TPROXY, "redirect", Kind.REDIRECT);
  private static final Format<Boolean> SOURCE = Format.word("gateway", false, "client", true);
  private static final Format<Boolean> TLS = Format.word("relay", false, "inspect", true);
  private static final Format<Boolean> FOREIGN = Format.word("resolve", false, "refuse", true);

  private final Set<InetSocketAddress> taken = new HashSet<>();
  private final List<Listener> listeners = new ArrayList<>();

  private ListenerReader() {}

  static List<Listener> listeners(Section section) {
    ListenerReader reader = new ListenerReader();
    section.sections("explicit", "address").forEach(reader::explicit);
    section.sections("transparent").forEach(reader::transparent);
    boolean none = !section.has("explicit") || section.isEmptyList("explicit");
    boolean noneElse = !section.has("transparent") || section.isEmptyList("transparent");
    if (none && noneElse) {
      if (section.has("explicit") || section.has("transparent")) {
        section.problem("explicit", "no listener (expected: one at least)");
      }
      reader.listeners.add(Listener.explicit(LISTEN));
    }
    section.end();
    return reader.listeners;
  }

  private void explicit(Section section) {
    InetSocketAddress address = address(section);
    List<ClientNetwork> senders = senders(section);
    boolean inspects = section.value("tls", false, TLS);
    section.end();
    if (address != null) {
      listeners.add(new Listener(address, Kind.EXPLICIT, senders, false, false, inspects));
    }
  }

  private void transparent(Section section) {
    InetSocketAddress address = address(section);
    Kind mode = section.require("mode", MODE);
    List<ClientNetwork> senders = senders(section);
    boolean spoofing = section.value("source", false, SOURCE);
    boolean refusesForeign = section.value("foreign-address", false, FOREIGN);
    boolean inspects = section.value("tls", false, TLS);
    section.end();
    if (spoofing && mode == Kind.REDIRECT) {
      section.problem("source", "'client' with mode redirect (expected: mode tproxy)");
    } else if (address != null && mode != null) {
      listeners.add(new Listener(address, mode, senders, spoofing, refusesForeign, inspects));
    }
  }

  private @Nullable InetSocketAddress address(Section section) {
    InetSocketAddress address = section.require("address", Formats.LISTENER);
    if (address != null && !taken.add(address)) {
      section.problem("address", "an address a second time (expected: one listener on each)");
      return null;
    }
    return address;
  }

  private static List<ClientNetwork> senders(Section section) {
    return section.values("proxy-protocol", List.of(), Formats.NETWORK);
  }
}
