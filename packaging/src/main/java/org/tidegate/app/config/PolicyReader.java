package org.tidegate.app.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tidegate.app.config.Section.Located;
import org.tidegate.filter.ClientGroup;
import org.tidegate.filter.ClientNetwork;
import org.tidegate.filter.FailurePolicy;
import org.tidegate.filter.ListPolicy;
import org.tidegate.filter.ListPolicy.Kind;
import org.tidegate.filter.ListPolicy.Mode;
import org.tidegate.proxy.splash.SplashSettings;

/** Reads the lists and the groups of clients that they hold for. For one reading. */
final class PolicyReader {
  private static final Format<Kind> KIND =
      Format.word("mandatory", Kind.MANDATORY, "allow", Kind.ALLOW, "block", Kind.BLOCK);
  private static final Format<Mode> MODE =
      Format.word("enforce", Mode.ENFORCE, "observe", Mode.OBSERVE);
  private static final Format<Integer> STATUS = Format.word("403", 403, "451", 451);

  private final SourceReader sources;
  private final FailurePolicy failurePolicy;
  private final Map<String, Kind> kinds = new HashMap<>();

  PolicyReader(SourceReader sources, FailurePolicy failurePolicy) {
    this.sources = sources;
    this.failurePolicy = failurePolicy;
  }

  List<ListSettings> lists(List<Section> sections) {
    List<ListSettings> lists = new ArrayList<>();
    for (Section section : sections) {
      ListSettings list = list(section);
      section.end();
      if (list != null) {
        lists.add(list);
      }
    }
    return lists;
  }

  private @Nullable ListSettings list(Section section) {
    String name = section.require("name", Formats.NAMES);
    if (name != null) {
      section.nameInEnvironment(name);
    }
    Kind kind = section.require("kind", KIND);
    Mode mode = section.value("mode", Mode.ENFORCE, MODE);
    FailurePolicy onFailure =
        section.value("failure-policy", failurePolicy, ConfigurationReader.FAILURE_POLICY);
    if (kind == Kind.ALLOW) {
      refuseForAllowLists(section, mode);
      mode = Mode.ENFORCE;
    }
    Section below = section.section("source");
    ListSource source = sources.read(below);
    SplashSettings splash = splash(section.section("splash"));
    if (name == null || kind == null) {
      return null;
    }
    if (kinds.putIfAbsent(name, kind) != null) {
      section.problem("name", "'" + name + "' a second time (expected: a name for each list)");
      return null;
    }
    return source == null
        ? null
        : new ListSettings(
            new ListPolicy(name, kind, mode, onFailure),
            source,
            splash,
            section.place(),
            below.place(),
            section.place("splash"));
  }

  private static void refuseForAllowLists(Section section, Mode mode) {
    if (mode == Mode.OBSERVE) {
      section.problem("mode", "'observe' for an allow-list (expected: enforce)");
    }
    if (section.has("failure-policy")) {
      section.problem(
          "failure-policy",
          "given for an allow-list (expected: nothing; while it is missing, nothing is excepted)");
    }
  }

  private static @Nullable SplashSettings splash(Section splash) {
    Integer status = splash.find("status", STATUS);
    URI blockedBy = splash.find("blocked-by", Formats.WEB_ADDRESS);
    Map<String, Map<String, String>> texts = splash.texts("texts");
    splash.end();
    if (status == null && blockedBy == null && texts.isEmpty()) {
      return null;
    }
    try {
      return new SplashSettings(status == null ? 403 : status, blockedBy, texts);
    } catch (IllegalArgumentException e) {
      splash.problem("status", String.valueOf(e.getMessage()));
      return null;
    }
  }

  List<ClientGroup> groups(List<Section> sections) {
    List<ClientGroup> groups = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Set<ClientNetwork> networks = new HashSet<>();
    for (Section section : sections) {
      String name = section.require("name", Formats.NAMES);
      if (name != null) {
        section.nameInEnvironment(name);
        if (!names.add(name)) {
          section.problem("name", "'" + name + "' a second time (expected: a name for each group)");
        }
      }
      ClientGroup group =
          new ClientGroup(name == null ? "" : name, networks(section, networks), members(section));
      section.end();
      groups.add(group);
    }
    return groups;
  }

  private static List<ClientNetwork> networks(Section section, Set<ClientNetwork> taken) {
    List<ClientNetwork> networks = new ArrayList<>();
    if (!section.has("networks")) {
      section.problem("networks", "missing (expected: one network at least)");
    }
    for (Located<ClientNetwork> network : section.located("networks", Formats.NETWORK)) {
      if (taken.add(network.value())) {
        networks.add(network.value());
      } else {
        section.problem(
            "networks", network.place(), "a network a second time (expected: in one group)");
      }
    }
    return networks;
  }

  private Set<String> members(Section section) {
    Set<String> members = new HashSet<>();
    for (Located<String> member : section.located("lists", Formats.NAMES)) {
      Kind kind = kinds.get(member.value());
      if (kind == null) {
        section.problem(
            "lists", member.place(), "no list '" + member.value() + "' (expected: one of lists)");
      } else if (kind == Kind.MANDATORY) {
        section.problem(
            "lists",
            member.place(),
            "'"
                + member.value()
                + "' is mandatory and holds for every client (expected: lists of kind allow or"
                + " block)");
      } else {
        members.add(member.value());
      }
    }
    return members;
  }
}
