package org.tidegate.app;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.tidegate.app.DemoList.Sample;
import org.tidegate.app.DemoRow.Expected;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.list.Scope;
import org.tidegate.filter.url.CanonicalUrl;

/** The rows of the demo's proof. */
final class DemoRows {
  private DemoRows() {}

  static List<DemoRow> of(DemoList list) {
    List<DemoRow> rows = new ArrayList<>(list.isShipped() ? ofShippedList() : ofSamples(list));
    String canary = CompiledList.canary(list.list().name()).text();
    rows.add(DemoRow.get("the list's canary", Expected.SPLASH, canary + "/"));
    return rows;
  }

  /** What the next edition changes. */
  static List<DemoRow> refreshed() {
    return List.of(
        DemoRow.get("refresh: entry added", Expected.SPLASH, DemoPublisher.FRESH + "/"),
        DemoRow.get("refresh: entry removed", Expected.PASSED, DemoPublisher.RETIRED + "/"));
  }

  private static List<DemoRow> ofShippedList() {
    return List.of(
        DemoRow.get("listed domain", Expected.SPLASH, "listed.example/"),
        DemoRow.get("… a sub-domain of it", Expected.SPLASH, "www.listed.example/any/page"),
        DemoRow.get("listed prefix", Expected.SPLASH, "shop.example/fakes/watches?colour=blue"),
        DemoRow.get("… percent-encoded", Expected.SPLASH, "shop.example/%66ak%2565s/watches"),
        DemoRow.get("… a look-alike of it", Expected.PASSED, "shop.example/fakes-and-more"),
        DemoRow.get("listed page", Expected.SPLASH, "news.example/story.html?from=feed"),
        DemoRow.get("… another page there", Expected.PASSED, "news.example/weather.html"),
        DemoRow.get("look-alike of the domain", Expected.PASSED, "notlisted.example/"),
        DemoRow.connect("CONNECT to the listed domain", Expected.REFUSED, "listed.example"));
  }

  /** For a visitor's list: entries are named by number and scope, and never shown. */
  private static List<DemoRow> ofSamples(DemoList list) {
    List<DemoRow> rows = new ArrayList<>();
    Set<Scope> seen = EnumSet.noneOf(Scope.class);
    for (Sample sample : list.samples()) {
      rows.add(DemoRow.get(name(sample), Expected.SPLASH, covered(sample.entry())));
      if (seen.add(sample.entry().scope())) {
        encoded(sample).ifPresent(rows::add);
        lookAlike(sample, list).ifPresent(rows::add);
        connect(sample).ifPresent(rows::add);
      }
    }
    rows.add(DemoRow.get("reserved name", Expected.PASSED, "passed.tidegate.invalid/"));
    return rows;
  }

  private static String name(Sample sample) {
    String scope = sample.entry().scope().name().toLowerCase(Locale.ROOT);
    return "entry " + sample.number() + " (" + scope + ")";
  }

  /** A URL that the entry covers. */
  private static String covered(ListEntry entry) {
    return switch (entry.scope()) {
      case DOMAIN, HOST -> entry.text() + "/";
      case PREFIX -> entry.text() + "tidegate-demo";
      case PAGE -> entry.text() + "?tidegate-demo";
      case EXACT -> entry.text();
    };
  }

  /** The same with one character percent-encoded: of the path where the entry has one. */
  private static Optional<DemoRow> encoded(Sample sample) {
    String url = covered(sample.entry());
    boolean hasPath = sample.entry().url().isPresent();
    int from = hasPath ? url.indexOf('/') : 0;
    int to = hasPath && url.indexOf('?') > 0 ? url.indexOf('?') : url.length();
    for (int i = from; i < to && (hasPath || url.charAt(0) != '['); i++) {
      char c = url.charAt(i);
      boolean escape = (i > 0 && url.charAt(i - 1) == '%') || (i > 1 && url.charAt(i - 2) == '%');
      if (!escape && c < 0x7F && Character.isLetterOrDigit(c)) {
        String spelling = url.substring(0, i) + "%%%02x".formatted((int) c) + url.substring(i + 1);
        return Optional.of(DemoRow.get("… percent-encoded", Expected.SPLASH, spelling));
      }
    }
    // A path without a letter or digit gets an encoded dot segment.
    return hasPath
        ? Optional.of(
            DemoRow.get(
                "… percent-encoded",
                Expected.SPLASH,
                url.substring(0, from) + "/%2e" + url.substring(from)))
        : Optional.empty();
  }

  /** A URL that is nearly covered, and is not; addresses are left alone, since nobody's name. */
  private static Optional<DemoRow> lookAlike(Sample sample, DemoList list) {
    ListEntry entry = sample.entry();
    if (entry.host().isAddress()) {
      return Optional.empty();
    }
    String text = entry.text();
    String url =
        switch (entry.scope()) {
          case DOMAIN, HOST -> "not" + text + "/";
          case PREFIX -> text.substring(0, text.length() - 1) + "-look-alike";
          case PAGE -> text + "-look-alike";
          case EXACT -> text + "&look-alike";
        };
    return CanonicalUrl.parse("http://" + url)
        .filter(u -> ListEntry.covering(u).stream().noneMatch(list::holds))
        .map(u -> DemoRow.get("… a look-alike of it", Expected.PASSED, url));
  }

  private static Optional<DemoRow> connect(Sample sample) {
    return sample.entry().url().isPresent()
        ? Optional.empty()
        : Optional.of(DemoRow.connect("… CONNECT to it", Expected.REFUSED, sample.entry().text()));
  }
}
