package org.tidegate.app;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import org.tidegate.app.DemoProof.Outcome;

/** The proof as a table: row, expected, seen, and a cross in a row that failed. */
final class DemoTable {
  private DemoTable() {}

  static void print(List<Outcome> outcomes, PrintWriter out) {
    int name = width("row", outcomes, o -> o.row().name());
    int expected = width("expected", outcomes, o -> o.row().expected().text());
    int seen = width("seen", outcomes, Outcome::seen);
    String line = "  %-" + name + "s  %-" + expected + "s  %-" + seen + "s  %s";
    out.println(line.formatted("row", "expected", "seen", "").stripTrailing());
    for (Outcome o : outcomes) {
      String mark = o.asExpected() ? "✓" : "✗";
      out.println(line.formatted(o.row().name(), o.row().expected().text(), o.seen(), mark));
    }
  }

  private static int width(String title, List<Outcome> outcomes, Function<Outcome, String> cell) {
    return outcomes.stream().map(cell).mapToInt(String::length).reduce(title.length(), Math::max);
  }
}
