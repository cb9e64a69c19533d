package org.tidegate.filter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.Holdings.Installed;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.JointLists;
import org.tidegate.filter.index.ListKey;
import org.tidegate.filter.index.ListSelection;

/** All that a request is judged by: a policy, and the lists of one moment. Immutable. */
final class Snapshot {
  private final Policy policy;
  private final List<ListKey> keys;
  private final List<Installed> installed;
  private final boolean canBlock;
  private final Keyed[] keyed;
  private final ListKey[] keysInUse;
  private final Holdings noGroup;
  private final Holdings[] groups;

  /**
   * The installed lists under one key.
   *
   * @param selection what tells which of them may cover a URL
   */
  record Keyed(ListKey key, List<CompiledList> lists, ListSelection selection) {

    static Keyed of(ListKey key, List<CompiledList> lists, Keyed[] before) {
      for (Keyed one : before) {
        if (one.key.equals(key) && one.lists.equals(lists)) {
          return one;
        }
      }
      return new Keyed(key, lists, JointLists.selection(lists));
    }
  }

  private Snapshot(
      Policy policy, Collection<ListKey> keys, List<Installed> installed, Keyed[] before) {
    this.policy = policy;
    this.keys = List.copyOf(keys);
    this.installed = List.copyOf(installed);
    this.canBlock = Holdings.canBlock(policy, installed);
    this.keyed = keyed(installed, before);
    this.keysInUse = Stream.of(keyed).map(Keyed::key).toArray(ListKey[]::new);
    this.noGroup = Holdings.of(policy, Policy.NO_GROUP, installed, keyed);
    this.groups = new Holdings[policy.groups().size()];
    for (int group = 0; group < groups.length; group++) {
      groups[group] = Holdings.of(policy, group, installed, keyed);
    }
  }

  /** One without a list. */
  static Snapshot empty(Policy policy, Collection<ListKey> keys) {
    return new Snapshot(policy, keys, List.of(), new Keyed[0]);
  }

  /** What follows this one; what is built of lists that stay is kept. */
  Snapshot with(Policy policy, Collection<ListKey> keys, List<Installed> installed) {
    return new Snapshot(policy, keys, installed, keyed);
  }

  private static Keyed[] keyed(List<Installed> installed, Keyed[] before) {
    Map<ListKey, List<CompiledList>> lists = new LinkedHashMap<>();
    for (Installed one : installed) {
      lists.computeIfAbsent(one.key(), key -> new ArrayList<>()).add(one.list());
    }
    return lists.entrySet().stream()
        .map(e -> Keyed.of(e.getKey(), e.getValue(), before))
        .toArray(Keyed[]::new);
  }

  Policy policy() {
    return policy;
  }

  /** The keys that lists may be installed with. */
  List<ListKey> keys() {
    return keys;
  }

  List<Installed> installed() {
    return installed;
  }

  /** Whether the policy has a list at all that could block. */
  boolean canBlock() {
    return canBlock;
  }

  /** The keys that lists are installed with, each once: not to be changed. */
  Keyed[] keyed() {
    return keyed;
  }

  /** Their keys alone, by which an inquiry prepares itself: not to be changed. */
  ListKey[] keysInUse() {
    return keysInUse;
  }

  Holdings holdings(byte @Nullable [] client) {
    int group = policy.groupOf(client);
    return group == Policy.NO_GROUP ? noGroup : groups[group];
  }
}
