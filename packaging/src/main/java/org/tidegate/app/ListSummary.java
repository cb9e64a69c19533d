package org.tidegate.app;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.tidegate.filter.index.Compilation;
import org.tidegate.filter.index.HoldReason;
import org.tidegate.filter.list.RefusalReason;
import org.tidegate.filter.list.Scope;
import org.tidegate.publish.Draft;

/** What became of a list's lines, in counts only: no line of it. */
final class ListSummary {
  private ListSummary() {}

  /** In one line. */
  static String of(
      int entries, Compilation compilation, int skipped, Map<RefusalReason, Integer> refusals) {
    return of("list", entries, compilation, skipped, refusals);
  }

  /** The same of one list of several. */
  static String of(
      String list,
      int entries,
      Compilation compilation,
      int skipped,
      Map<RefusalReason, Integer> refusals) {
    int refused = refusals.values().stream().mapToInt(Integer::intValue).sum();
    int read = entries + compilation.duplicates() + compilation.heldBack();
    return String.format(
        Locale.ROOT,
        "%s: %d entries, %d duplicates, %d held back, %d skipped, %d refused%s",
        list,
        entries,
        compilation.duplicates(),
        compilation.heldBack(),
        skipped,
        refused,
        (refused == 0 ? "" : " (" + counts(refusals) + ")")
            + (refused > read ? "; most lines are refused: is it in another format?" : ""));
  }

  /** In some lines more: what a publisher wants to know. */
  static String of(Draft draft) {
    Compilation made = draft.compilation();
    StringBuilder text =
        new StringBuilder(of(draft.entries(), made, draft.skipped(), draft.refusals()));
    String kinds =
        Arrays.stream(Scope.values())
            .map(scope -> made.entries(scope) + " " + scope.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    text.append(
        String.format(
            Locale.ROOT,
            "%nlist: %s; %d covered by broader ones; %d bytes%s",
            kinds,
            made.covered().orElseThrow(),
            draft.bytes().length,
            made.preCheck().map(bytes -> ", pre-check " + bytes.length + " bytes").orElse("")));
    if (made.heldBack() > 0) {
      Map<HoldReason, Integer> reasons = new EnumMap<>(HoldReason.class);
      made.held().forEach(entry -> reasons.merge(entry.reason(), 1, Integer::sum));
      text.append(
          String.format("%nheld back: %s (--confirm NAME lists such a name)", counts(reasons)));
    }
    return text.toString();
  }

  private static String counts(Map<? extends Enum<?>, Integer> counts) {
    return counts.entrySet().stream()
        .map(count -> count.getKey() + " " + count.getValue())
        .collect(Collectors.joining(", "));
  }
}
