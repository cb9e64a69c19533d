package org.tidegate.app.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tidegate.app.config.YamlNode.Entry;
import org.tidegate.app.config.YamlNode.Mapping;
import org.tidegate.app.config.YamlNode.Nothing;
import org.tidegate.app.config.YamlNode.Scalar;
import org.tidegate.app.config.YamlNode.Sequence;

/**
 * Keys with values, read key by key. A key is known by having been asked for; {@link #end} reports
 * the others. For one thread.
 */
final class Section {
  private final Sections context;
  private final Mapping mapping;
  private final String path;
  private final String pattern;
  private String environmentPath;
  private final Set<String> known = new LinkedHashSet<>();

  Section(Sections context, Mapping mapping, String path, String pattern, String environmentPath) {
    this.context = context;
    this.mapping = mapping;
    this.path = path;
    this.pattern = pattern;
    this.environmentPath = environmentPath;
  }

  /** Where it begins. */
  String place() {
    return mapping.place();
  }

  /** Where a key's value stands; where the section begins if the key is not there. */
  String place(String key) {
    if (context.environment.find(variable(key)) != null) {
      return variable(key);
    }
    Entry entry = mapping.entries().get(key);
    return entry == null ? place() : entry.value().place();
  }

  String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** Names the variables of an item's keys by the item. */
  void nameInEnvironment(String name) {
    environmentPath = environmentPath + "." + name;
  }

  /** Whether the key has a value, be it a bad one. */
  boolean has(String key) {
    return !(node(key) instanceof Nothing);
  }

  /** Whether the key's value is that very word. */
  boolean isWord(String key, String word) {
    return node(key) instanceof Scalar scalar && scalar.text().equals(word);
  }

  boolean isEmptyList(String key) {
    return node(key) instanceof Sequence sequence && sequence.items().isEmpty();
  }

  <T> T value(String key, T absent, Format<T> format) {
    T value = find(key, format);
    return value == null ? absent : value;
  }

  /** A value; nothing where the key is not there, or where its value is a problem. */
  <T> @Nullable T find(String key, Format<T> format) {
    YamlNode node = node(key);
    return node instanceof Nothing ? null : parse(key, node, format);
  }

  /** A value that must be there; nothing where it is not or is bad, and that is a problem. */
  <T> @Nullable T require(String key, Format<T> format) {
    if (!has(key)) {
      context.problems.add(place(), path(key), "missing (expected: " + format.expected() + ")");
    }
    return find(key, format);
  }

  <T> List<T> values(String key, List<T> absent, Format<T> format) {
    return has(key) ? located(key, format).stream().map(Located::value).toList() : absent;
  }

  /** A value of a list and where it stands. */
  record Located<T>(String place, T value) {}

  /** The good values of a list; one value alone is a list of one. */
  <T> List<Located<T>> located(String key, Format<T> format) {
    List<Located<T>> values = new ArrayList<>();
    for (YamlNode item : nodes(key)) {
      T value = parse(key, item, format);
      if (value != null) {
        values.add(new Located<>(item.place(), value));
      }
    }
    return values;
  }

  private List<YamlNode> nodes(String key) {
    YamlNode node = node(key);
    if (node instanceof Sequence sequence) {
      return sequence.items();
    }
    boolean overridden = context.environment.find(variable(key)) != null;
    if (overridden && node instanceof Scalar scalar) {
      List<YamlNode> items = new ArrayList<>();
      for (String item : scalar.text().split(",")) {
        items.add(new Scalar(scalar.place(), item.strip()));
      }
      return items;
    }
    return node instanceof Nothing ? List.of() : List.of(node);
  }

  /** The section below a key; an empty one where the key is not there. */
  Section section(String key) {
    Entry entry = entry(key);
    YamlNode node = entry == null ? new Nothing(place()) : entry.value();
    Mapping below = mapping(node, path(key));
    return new Section(context, below, path(key), join(pattern, key), join(environmentPath, key));
  }

  /** The sections of a list whose items may be a single value each: that of one of their keys. */
  List<Section> sections(String key, String valueKey) {
    List<YamlNode> items = new ArrayList<>();
    for (YamlNode item : nodes(key)) {
      items.add(
          item instanceof Scalar
              ? new Mapping(item.place(), Map.of(valueKey, new Entry(item.place(), item)))
              : item);
    }
    return sections(key, new Sequence(place(key), items));
  }

  /** The sections of the list below a key. */
  List<Section> sections(String key) {
    Entry entry = entry(key);
    return sections(key, entry == null ? new Nothing(place()) : entry.value());
  }

  private List<Section> sections(String key, YamlNode node) {
    List<Section> sections = new ArrayList<>();
    if (node instanceof Sequence sequence) {
      for (YamlNode item : sequence.items()) {
        String at = path(key) + "[" + sections.size() + "]";
        sections.add(
            new Section(
                context,
                mapping(item, at),
                at,
                join(pattern, key) + "[]",
                join(environmentPath, key)));
      }
    } else if (!(node instanceof Nothing)) {
      context.problems.add(node.place(), path(key), node.kind() + " (expected: a list)");
    }
    return sections;
  }

  /** Texts by keys of the operator's choice, in maps by keys of the operator's choice. */
  Map<String, Map<String, String>> texts(String key) {
    Map<String, Map<String, String>> all = new LinkedHashMap<>();
    Section outer = section(key);
    for (String group : outer.mapping.entries().keySet()) {
      Section inner = outer.section(group);
      Map<String, String> texts = new LinkedHashMap<>();
      for (String name : inner.mapping.entries().keySet()) {
        String text = inner.find(name, Formats.TEXT);
        if (text != null) {
          texts.put(name, text);
        }
      }
      all.put(group, texts);
    }
    return all;
  }

  void problem(String key, String what) {
    context.problems.add(place(key), path(key), what);
  }

  void problem(String key, String place, String what) {
    context.problems.add(place, path(key), what);
  }

  /** Reports the keys that nobody asked for. */
  void end() {
    mapping
        .entries()
        .forEach(
            (key, entry) -> {
              if (!known.contains(key)) {
                context.problems.add(
                    entry.place(),
                    path(Problems.shown(key)),
                    "unknown key (expected: one of " + String.join(", ", known) + ")");
              }
            });
    known.forEach(key -> context.knownKeys.add(join(pattern, key)));
  }

  private <T> @Nullable T parse(String key, YamlNode node, Format<T> format) {
    if (!(node instanceof Scalar scalar)) {
      context.problems.add(
          node.place(), path(key), node.kind() + " (expected: " + format.expected() + ")");
      return null;
    }
    T value = format.parse().apply(scalar.text());
    if (value == null) {
      context.problems.bad(scalar.place(), path(key), scalar.text(), format.expected());
    }
    return value;
  }

  private Mapping mapping(YamlNode node, String at) {
    if (node instanceof Mapping mapping) {
      return mapping;
    }
    if (!(node instanceof Nothing)) {
      context.problems.add(node.place(), at, node.kind() + " (expected: keys with values)");
    }
    return new Mapping(node.place(), Map.of());
  }

  private YamlNode node(String key) {
    known.add(key);
    String variable = variable(key);
    String override = context.environment.find(variable);
    if (override != null) {
      return override.isEmpty() ? new Nothing(variable) : new Scalar(variable, override);
    }
    Entry entry = mapping.entries().get(key);
    return entry == null ? new Nothing(place()) : entry.value();
  }

  private @Nullable Entry entry(String key) {
    known.add(key);
    return mapping.entries().get(key);
  }

  private String variable(String key) {
    return Environment.variable(join(environmentPath, key));
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
