package org.tidegate.filter;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.ListPolicy.Kind;

/**
 * Which lists hold for whom. Mandatory lists come first and hold for everyone, then the operator's
 * allow-lists, then the operator's block-lists. A list that no group names holds for everyone. A
 * client is in the group with the narrowest network that it lies in; to one that lies in none apply
 * all block-lists and of the allow-lists only those that hold for everyone. Immutable.
 */
public final class Policy {
  /** The number of no group. */
  static final int NO_GROUP = -1;

  private record Place(ClientNetwork network, int group) {}

  private final boolean everyList;
  private final List<ListPolicy> lists;
  private final List<ClientGroup> groups;
  private final Set<String> grouped;
  private final List<Place> places = new ArrayList<>();
  private final FailurePolicy withoutLists;

  /**
   * A policy for these lists alone; others, though installed, hold for nobody.
   *
   * @param lists of one kind: the first that covers a URL is named
   * @param withoutLists what becomes of requests when there is no list that could block
   * @throws IllegalArgumentException for two lists of a name, a network in two groups, or a group
   *     that names a list which is not there or is mandatory
   */
  public Policy(List<ListPolicy> lists, List<ClientGroup> groups, FailurePolicy withoutLists) {
    this(false, lists, groups, withoutLists);
    checkNames();
    checkGroups();
  }

  private Policy(
      boolean everyList,
      List<ListPolicy> lists,
      List<ClientGroup> groups,
      FailurePolicy withoutLists) {
    this.everyList = everyList;
    this.lists = List.copyOf(lists);
    this.groups = List.copyOf(groups);
    this.withoutLists = withoutLists;
    this.grouped = groups.stream().flatMap(g -> g.lists().stream()).collect(toUnmodifiableSet());
    for (int group = 0; group < groups.size(); group++) {
      for (ClientNetwork network : groups.get(group).networks()) {
        places.add(new Place(network, group));
      }
    }
    places.sort(Comparator.comparingInt((Place place) -> place.network.bits()).reversed());
  }

  /** Every installed list is mandatory and enforced. */
  public static Policy everyList(FailurePolicy onFailure) {
    return new Policy(true, List.of(), List.of(), onFailure);
  }

  private void checkNames() {
    Set<String> names = new HashSet<>();
    for (ListPolicy list : lists) {
      if (!names.add(list.list())) {
        throw new IllegalArgumentException("two lists of one name (expected: a name for each)");
      }
    }
    Set<ClientNetwork> networks = new HashSet<>();
    for (Place place : places) {
      if (!networks.add(place.network)) {
        throw new IllegalArgumentException("a network named twice (expected: in one group)");
      }
    }
  }

  private void checkGroups() {
    for (String name : grouped) {
      boolean known =
          lists.stream().anyMatch(l -> l.list().equals(name) && l.kind() != Kind.MANDATORY);
      if (!known) {
        throw new IllegalArgumentException(
            "a group names a list that is unknown or mandatory (expected: of kind allow or block)");
      }
    }
  }

  /** What it says of the lists; nothing where it says the same of every list. */
  public List<ListPolicy> lists() {
    return lists;
  }

  public List<ClientGroup> groups() {
    return groups;
  }

  FailurePolicy withoutLists() {
    return withoutLists;
  }

  /** Whether a list of that name is one that nothing outranks. */
  public boolean isMandatory(String list) {
    return everyList
        || lists.stream().anyMatch(l -> l.list().equals(list) && l.kind() == Kind.MANDATORY);
  }

  /** Whether an installed list of that name can have an effect. */
  boolean names(String list) {
    return everyList || lists.stream().anyMatch(l -> l.list().equals(list));
  }

  /** What it says of these installed lists and of those that should be: in order. */
  List<ListPolicy> of(List<String> installed) {
    return everyList
        ? installed.stream().map(name -> ListPolicy.mandatory(name).failing(withoutLists)).toList()
        : lists;
  }

  /** Whether a list holds for the clients of a group. */
  boolean holds(ListPolicy list, int group) {
    if (list.kind() == Kind.MANDATORY || !grouped.contains(list.list())) {
      return true;
    }
    return group == NO_GROUP
        ? list.kind() == Kind.BLOCK
        : groups.get(group).lists().contains(list.list());
  }

  /** Whether a list holds for a client. */
  public boolean holdsFor(ListPolicy list, byte[] client) {
    return holds(list, groupOf(client));
  }

  /** The number of a client's group, by its address if that is known. */
  int groupOf(byte @Nullable [] client) {
    if (client == null || places.isEmpty()) {
      return NO_GROUP;
    }
    byte[] address = ClientNetwork.unmapped(client);
    for (Place place : places) {
      if (place.network.contains(address)) {
        return place.group;
      }
    }
    return NO_GROUP;
  }

  /** The name of a client's group. */
  public @Nullable String groupName(byte[] client) {
    int group = groupOf(client);
    return group == NO_GROUP ? null : groups.get(group).name();
  }
}
