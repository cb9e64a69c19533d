package org.tidegate.proxy.admin;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tidegate.filter.ListPolicy;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.proxy.admin.ListUpdate.Freshness;

/** The status page: how the gateway and each list stand, in a page without scripts. */
final class StatusPage {
  private static final String BEGIN =
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8"><title>Tidegate</title><style>
      body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}
      table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #ccc;padding:.3rem .6rem;text-align:left}
      td.n{text-align:right;font-variant-numeric:tabular-nums}.bad{color:#a00;font-weight:bold}
      </style></head><body><h1>Tidegate</h1>
      """;
  private static final String LISTS =
      """
      <h2>Lists</h2>
      <table><tr><th>List</th><th>Kind</th><th>Mode</th><th>Serial</th><th>Entries</th>
      <th>Enforceable in HTTP</th><th>in HTTPS</th><th>Compiled</th><th>Last update</th><th>Canary</th></tr>
      """;

  private final StringBuilder page = new StringBuilder(BEGIN);
  private final GatewayFacts facts;

  private StatusPage(GatewayFacts facts) {
    this.facts = facts;
  }

  static String of(Health health, GatewayFacts facts) {
    StatusPage made = new StatusPage(facts);
    made.writeState(health);
    made.writeLists();
    return made.page.append("</body></html>\n").toString();
  }

  private void writeState(Health health) {
    Map<String, String> reasons = health.notReady();
    page.append(reasons.isEmpty() ? "<p>Ready." : "<p class=\"bad\">Not ready.");
    page.append(" Version ").append(escaped(facts.version())).append(".</p>\n<ul>\n");
    health
        .all()
        .forEach(
            (check, reason) ->
                page.append("<li>")
                    .append(check)
                    .append(": ")
                    .append(reason.isEmpty() ? "well" : bad(reason))
                    .append("</li>\n"));
    page.append("</ul>\n");
  }

  private void writeLists() {
    page.append(LISTS);
    ListsInForce lists = ListsInForce.of(facts.filter());
    for (ListPolicy policy : lists.policies()) {
      page.append("<tr><td>").append(policy.list());
      cell(Series.word(policy.kind()));
      cell(Series.word(policy.mode()));
      lists.find(policy.list()).ifPresentOrElse(this::writeList, this::writeMissing);
      writeUpdate(facts.updates().apply(policy.list()));
      cell(canary(policy.list()));
      page.append("</td></tr>\n");
    }
    page.append(
        "</table>\n<p>Where only a host is seen, in HTTPS without inspection, domain and host"
            + " entries alone can be enforced.</p>\n");
  }

  private void writeList(CompiledList list) {
    Coverage coverage = Coverage.of(list, facts.inspected().getAsBoolean());
    number(String.valueOf(list.serial()));
    number(grouped(list.entries()));
    number(part(coverage, coverage.http()));
    number(part(coverage, coverage.https()));
    cell(ago(list.created()));
  }

  private void writeMissing() {
    cell(bad("missing"));
    for (int cells = 0; cells < 4; cells++) {
      cell("–");
    }
  }

  private void writeUpdate(ListUpdate update) {
    String last = update.lastSuccess().map(this::ago).orElse("never");
    cell(
        update.freshness() == Freshness.FRESH
            ? last
            : bad(Series.word(update.freshness()) + ", " + last));
  }

  private String canary(String list) {
    Optional<Boolean> blocked =
        Optional.ofNullable(facts.canaries().last()).map(asked -> asked.get(list));
    return blocked.map(is -> is ? "blocked" : bad("not blocked")).orElse("–");
  }

  private void cell(String html) {
    page.append("</td><td>").append(html);
  }

  private void number(String text) {
    page.append("</td><td class=\"n\">").append(text);
  }

  private static String part(Coverage coverage, int part) {
    return grouped(part) + " (" + coverage.percent(part) + " %)";
  }

  private static String grouped(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private String ago(Instant then) {
    Duration age = Duration.between(then, facts.clock().instant());
    if (age.toHours() >= 48) {
      return age.toDays() + " days ago";
    }
    return age.toMinutes() >= 120 ? age.toHours() + " h ago" : age.toMinutes() + " min ago";
  }

  private static String bad(String text) {
    return "<span class=\"bad\">" + escaped(text) + "</span>";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
