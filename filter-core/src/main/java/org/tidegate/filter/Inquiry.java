package org.tidegate.filter;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.Holdings.Holding;
import org.tidegate.filter.Holdings.Installed;
import org.tidegate.filter.Snapshot.Keyed;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListKey;
import org.tidegate.filter.index.Lookup;
import org.tidegate.filter.index.Match;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.filter.url.CanonicalUrl;
import org.tidegate.filter.url.UrlView;

/**
 * Asks a filter about one URL or host after another. It allocates nothing where a URL is canonical
 * already, and a {@link Judgement} only when asked for one that is not plainly allowed. For one
 * thread; hot path.
 */
public final class Inquiry {
  private static final long NOTHING = 0;
  private static final int ALL = -1;
  private static final Keyed[] NONE = {};

  private final UrlFilter filter;
  private final UrlView view = new UrlView();
  private final Failures failures = new Failures();
  private ListKey[] keys = {};
  private Keyed[] keyed = NONE;
  private Lookup[] lookups = {};
  private int[] candidates = {};
  private @Nullable Installed blocking;
  private long found;
  private List<Verdict.Blocked> observed = List.of();
  private @Nullable Judgement judgement;

  Inquiry(UrlFilter filter) {
    this.filter = filter;
  }

  /** What a filter says in one word. */
  public enum Answer {
    ALLOWED,
    BLOCKED,
    UNDECIDED,
    /** No URL: there is no verdict, and it is to be refused. */
    INVALID
  }

  /**
   * Judges a URL as it came, from {@code from} to {@code to}: every scope counts. Never throws.
   *
   * @param client its address, 4 or 16 bytes
   */
  public Answer ask(byte[] url, int from, int to, byte @Nullable [] client) {
    if (!view.read(url, from, to)) {
      judgement = null;
      blocking = null;
      return Answer.INVALID;
    }
    return ask(client);
  }

  /** Judges a whole URL: every scope counts. Never throws. */
  public Answer ask(CanonicalUrl url, byte @Nullable [] client) {
    view.show(url);
    return ask(client);
  }

  /** Judges a host alone: domain and host entries count. Never throws. */
  public Answer ask(CanonicalHost host, byte @Nullable [] client) {
    view.show(host);
    return ask(client);
  }

  /**
   * What was answered last, in full.
   *
   * @throws IllegalStateException where that was {@link Answer#INVALID}, or is forgotten
   */
  public Judgement judgement() {
    Installed by = blocking;
    if (judgement == null && by != null) {
      judgement = new Judgement(blocked(by, found), false, observed);
    }
    if (judgement == null) {
      throw new IllegalStateException(
          "nothing was judged, or it is forgotten (expected: a valid URL)");
    }
    return judgement;
  }

  /** Lets go of what was asked and answered last, and so of lists that are replaced meanwhile. */
  public void forget() {
    view.clear();
    keyed = NONE;
    blocking = null;
    judgement = null;
  }

  private Answer ask(byte @Nullable [] client) {
    Snapshot now = filter.snapshot();
    if (now.keysInUse() != keys) {
      adopt(now.keysInUse());
    }
    blocking = null;
    if (!now.canBlock()) {
      boolean passes = now.policy().withoutLists() == FailurePolicy.PASS;
      judgement = new Judgement(Verdict.Undecided.NO_LIST, passes, List.of());
      return Answer.UNDECIDED;
    }
    Holdings holdings = now.holdings(client);
    keyed = now.keyed();
    if (hasCandidates()) {
      judge(holdings);
    } else {
      judgement = holdings.unlisted();
    }
    if (judgement == null) {
      return Answer.BLOCKED;
    }
    return judgement.verdict() instanceof Verdict.Allowed ? Answer.ALLOWED : Answer.UNDECIDED;
  }

  private void adopt(ListKey[] inUse) {
    candidates = new int[inUse.length];
    lookups = new Lookup[inUse.length];
    for (int i = 0; i < inUse.length; i++) {
      lookups[i] = new Lookup(inUse[i]);
    }
    keys = inUse;
  }

  /** Whether any list may cover it; notes which. */
  private boolean hasCandidates() {
    int any = 0;
    for (int i = 0; i < keyed.length; i++) {
      lookups[i].begin(view);
      candidates[i] = candidates(keyed[i], lookups[i]);
      any |= candidates[i];
    }
    return any != 0;
  }

  private static int candidates(Keyed lists, Lookup lookup) {
    try {
      return lists.selection().candidates(lookup);
    } catch (RuntimeException | Error e) {
      return ALL; // each list is asked, and what fails there is told
    }
  }

  private void judge(Holdings lists) {
    failures.clear();
    observed = List.of();
    judgement = null;
    boolean blocked = isBlocked(lists.mandatory());
    if (!blocked && !isAllowed(lists.allow())) {
      blocked = isBlocked(lists.block());
    }
    if (blocked) {
      return;
    }
    Verdict undecided = failures.verdict();
    if (undecided != null) {
      judgement = new Judgement(undecided, failures.passes(), observed);
    } else {
      judgement =
          observed.isEmpty()
              ? Judgement.ALLOWED
              : new Judgement(Verdict.Allowed.ALLOWED, true, observed);
    }
  }

  /** The first enforced list that covers it blocks it; observed ones are all asked. */
  private boolean isBlocked(Holding[] lists) {
    for (Holding list : lists) {
      boolean enforced = list.policy().isEnforced();
      if (enforced && blocking != null) {
        continue;
      }
      long entry = search(list);
      if (entry != NOTHING && enforced) {
        blocking = list.installed();
        found = entry;
      } else if (entry != NOTHING && list.installed() != null) {
        observe(blocked(list.installed(), entry));
      }
    }
    return blocking != null;
  }

  private boolean isAllowed(Holding[] lists) {
    for (Holding list : lists) {
      if (search(list) != NOTHING) {
        return true;
      }
    }
    return false;
  }

  private long search(Holding holding) {
    Installed installed = holding.installed();
    if (installed == null) {
      failures.add(holding.policy(), Verdict.Undecided.NO_LIST);
      return NOTHING;
    }
    if ((candidates[holding.key()] & holding.bit()) == 0) {
      return NOTHING;
    }
    try {
      return installed.list().search(lookups[holding.key()], holding.bit());
    } catch (RuntimeException | Error e) {
      // What failed is not told, and the other lists are still asked: never open.
      failures.add(holding.policy(), Verdict.Undecided.MATCHER_FAILED);
      return NOTHING;
    }
  }

  private static Verdict.Blocked blocked(Installed installed, long entry) {
    Match match = CompiledList.match(entry);
    return new Verdict.Blocked(
        installed.name(), installed.list().serial(), match.entry(), match.scope());
  }

  private void observe(Verdict.Blocked blocked) {
    if (observed.isEmpty()) {
      observed = new ArrayList<>();
    }
    observed.add(blocked);
  }

  /** Discloses nothing. */
  @Override
  public String toString() {
    return "Inquiry";
  }
}
