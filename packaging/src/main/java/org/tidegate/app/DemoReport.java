package org.tidegate.app;

import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.tidegate.app.DemoProof.Outcome;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.list.Scope;

/** What the demo prints: where it listens, what it proved, and what to try next. */
final class DemoReport {
  private final PrintWriter out;
  private final String gateway;
  private final String onward;
  private final DemoList list;

  DemoReport(PrintWriter out, Demo demo, DemoList list) {
    this.out = out;
    this.gateway = text(demo.gatewayAddress());
    this.onward =
        demo.originAddress()
            .map(a -> "  origin    " + text(a) + " (every name leads here)")
            .orElse("  parent    what is not listed goes there");
    this.list = list;
  }

  void printAddresses() {
    out.println();
    out.println("  list      " + count(list.list()));
    out.println("  gateway   " + gateway + " (an HTTP proxy that enforces the list)");
    out.println(onward);
    out.println();
  }

  void printProof(List<Outcome> outcomes) {
    if (!outcomes.isEmpty()) {
      DemoTable.print(outcomes, out);
      out.println();
    }
  }

  void printInvitation() {
    String listed = "http://" + list.shownHost() + "/";
    out.println("  Try it    curl -i -x http://" + gateway + " " + listed);
    out.println("            or set " + gateway + " as a browser's HTTP proxy and open");
    out.println("            " + listed + " to see the splash page.");
    out.println();
    out.println("  Ctrl-C stops it.");
  }

  private String count(CompiledList compiled) {
    String scopes =
        Arrays.stream(Scope.values())
            .filter(s -> compiled.entries(s) > 0)
            .map(s -> number(compiled.entries(s)) + " " + s.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return number(compiled.entries()) + " entries (" + scopes + ")";
  }

  private static String number(int n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }
}
