package org.tidegate.filter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.Holdings.Installed;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.filter.index.ListFormatException.Reason;
import org.tidegate.filter.index.ListKey;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.filter.url.CanonicalUrl;

/**
 * Judges URLs and hosts by the installed lists and a policy. Without a policy of its own every
 * installed list is mandatory, and the one that was installed first is named. Safe for use by many
 * threads; a request is judged by the policy and the lists of one moment.
 */
public final class UrlFilter {
  private static final Optional<Judgement> ALLOWED = Optional.of(Judgement.ALLOWED);

  private final ThreadLocal<Inquiry> inquiries = ThreadLocal.withInitial(this::inquiry);
  private volatile Snapshot current;

  /**
   * A filter for which every installed list is mandatory; what it cannot judge is to be refused.
   *
   * @param keys of the lists that may be installed
   */
  public UrlFilter(ListKey... keys) {
    this(Policy.everyList(FailurePolicy.REFUSE), keys);
  }

  /** A filter with a policy. */
  public UrlFilter(Policy policy, ListKey... keys) {
    this.current = Snapshot.empty(policy, List.of(keys));
  }

  /**
   * Makes the list current, in one step, in the place of the one of that name if there is one.
   *
   * @throws ListFormatException where it was compiled with a key that this filter does not hold
   */
  public synchronized void install(CompiledList list) throws ListFormatException {
    Snapshot now = current;
    current =
        now.with(now.policy(), now.keys(), replaced(now.installed(), installed(list, now.keys())));
  }

  /**
   * Makes a policy, the keys that lists may be installed with, and some lists current, all in one
   * step. Of the lists installed before, those stay that the policy names and none of the new ones
   * replaces.
   *
   * @throws ListFormatException where a list was compiled with none of the keys; then all is as it
   *     was
   */
  public synchronized void install(
      Policy policy, Collection<ListKey> keys, Collection<CompiledList> lists)
      throws ListFormatException {
    List<Installed> next = current.installed();
    for (CompiledList list : lists) {
      next = replaced(next, installed(list, keys));
    }
    current =
        current.with(policy, keys, next.stream().filter(i -> policy.names(i.name())).toList());
  }

  private static Installed installed(CompiledList list, Collection<ListKey> keys)
      throws ListFormatException {
    for (ListKey key : keys) {
      if (list.hasKey(key)) {
        return new Installed(list, key);
      }
    }
    throw new ListFormatException(Reason.KEY);
  }

  private static List<Installed> replaced(List<Installed> lists, Installed by) {
    List<Installed> next = new ArrayList<>(lists);
    next.replaceAll(i -> i.name().equals(by.name()) ? by : i);
    if (!next.contains(by)) {
      next.add(by);
    }
    return next;
  }

  /** Takes the list of that name out of use; answers whether there was one. */
  public synchronized boolean uninstall(String name) {
    Snapshot now = current;
    List<Installed> next = new ArrayList<>(now.installed());
    boolean found = next.removeIf(i -> i.name().equals(name));
    current = now.with(now.policy(), now.keys(), next);
    return found;
  }

  /** The installed lists, in the order of their first installation. */
  public List<CompiledList> lists() {
    return current.installed().stream().map(Installed::list).toList();
  }

  public Policy policy() {
    return current.policy();
  }

  Snapshot snapshot() {
    return current;
  }

  /** An inquiry, for one thread that asks often. */
  public Inquiry inquiry() {
    return new Inquiry(this);
  }

  /** Judges a whole URL for a client of no group: every scope counts. Never throws. */
  public Verdict check(CanonicalUrl url) {
    return judge(url, null).verdict();
  }

  /**
   * Judges a host alone (CONNECT, TLS server name) for a client of no group: domain and host
   * entries count. Never throws.
   */
  public Verdict check(CanonicalHost host) {
    return judge(host, null).verdict();
  }

  /**
   * Judges a whole URL: every scope counts. Never throws.
   *
   * @param client its address, 4 or 16 bytes
   */
  public Judgement judge(CanonicalUrl url, byte @Nullable [] client) {
    Inquiry inquiry = inquiries.get();
    inquiry.ask(url, client);
    return taken(inquiry);
  }

  /**
   * Judges a host alone (CONNECT, TLS server name): domain and host entries count. Never throws.
   *
   * @param client its address, 4 or 16 bytes
   */
  public Judgement judge(CanonicalHost host, byte @Nullable [] client) {
    Inquiry inquiry = inquiries.get();
    inquiry.ask(host, client);
    return taken(inquiry);
  }

  /**
   * Judges a URL as it came, in the bytes from {@code from} to {@code to}; nothing where it is
   * invalid. Never throws.
   *
   * @param client its address, 4 or 16 bytes
   */
  public Optional<Judgement> judge(byte[] url, int from, int to, byte @Nullable [] client) {
    Inquiry inquiry = inquiries.get();
    if (inquiry.ask(url, from, to, client) == Inquiry.Answer.INVALID) {
      inquiry.forget();
      return Optional.empty();
    }
    Judgement judgement = taken(inquiry);
    return judgement == Judgement.ALLOWED ? ALLOWED : Optional.of(judgement);
  }

  private static Judgement taken(Inquiry inquiry) {
    Judgement judgement = inquiry.judgement();
    inquiry.forget();
    return judgement;
  }
}
