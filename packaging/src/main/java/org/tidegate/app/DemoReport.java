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
  private final String admin;
  private final String repository;
  private final DemoList list;

  DemoReport(PrintWriter out, Demo demo) {
    this.out = out;
    this.gateway = text(demo.gatewayAddress());
    this.onward =
        demo.originAddress()
            .map(a -> "  origin    " + text(a) + " (every name leads here)")
            .orElse("  parent    what is not listed goes there");
    this.admin =
        demo.adminAddress()
            .map(a -> "http://" + text(a) + "/ (status, /ready, /metrics)")
            .orElse("none: its port is taken (--admin-port chooses another)");
    this.repository = demo.repositoryAddress().toString();
    this.list = demo.list();
  }

  void printAddresses() {
    out.println();
    out.println("  list      " + count(list.list()));
    out.println("  signed    " + repository + " (the gateway fetches and verifies it)");
    out.println("  gateway   " + gateway + " (an HTTP proxy that enforces the list)");
    out.println(onward);
    out.println("  admin     " + admin);
    out.println();
  }

  void printProof(List<Outcome> outcomes) {
    if (!outcomes.isEmpty()) {
      DemoTable.print(outcomes, out);
      out.println();
    }
  }

  void printRefresh(Demo.Refreshed refreshed) {
    double seconds = refreshed.after().toMillis() / 1000.0;
    out.println(
        String.format(
            Locale.ROOT, "  The next edition held %.1f s after it was published.", seconds));
    out.println();
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
            .filter(s -> entries(compiled, s) > 0)
            .map(s -> number(entries(compiled, s)) + " " + s.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return number(compiled.entries() - 1) + " entries (" + scopes + ")";
  }

  /** Without the one of the demo's own. */
  private static int entries(CompiledList compiled, Scope scope) {
    return compiled.entries(scope) - (scope == Scope.HOST ? 1 : 0);
  }

  private static String number(int n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }
}
