package org.tidegate.filter.index;

import com.google.thirdparty.publicsuffix.PublicSuffixPatterns;
import com.google.thirdparty.publicsuffix.PublicSuffixType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The public suffix list, as Guava brings it. The only class that knows it. */
final class PublicSuffixes {
  /** A label that the list names nowhere: only a wildcard rule can match it. */
  private static final String ANY_LABEL = "any-label-at-all";

  private PublicSuffixes() {}

  /** Why a name is held back as a domain, if it is a public suffix. */
  static Optional<HoldReason> find(String name) {
    if (name.indexOf('.') < 0) {
      return Optional.of(HoldReason.REGISTRY_SUFFIX);
    }
    // A rule *.name makes suffixes of all that is right below the name: it holds as many owners.
    List<String> below = labels(name);
    int index = PublicSuffixPatterns.TRIE.findSuffixIndex(below);
    if (index != 0 && index != 1) {
      return Optional.empty(); // nearly every name, with one question
    }
    return Optional.of(
        isSuffix(below, PublicSuffixType.REGISTRY)
            ? HoldReason.REGISTRY_SUFFIX
            : HoldReason.PRIVATE_SUFFIX);
  }

  private static boolean isSuffix(List<String> below, PublicSuffixType type) {
    return index(below, type) == 0 || index(below.subList(1, below.size()), type) == 0;
  }

  private static int index(List<String> labels, PublicSuffixType type) {
    return PublicSuffixPatterns.TRIE.findSuffixIndex(labels, type);
  }

  /** The labels of a name below that one. */
  private static List<String> labels(String name) {
    List<String> labels = new ArrayList<>();
    labels.add(ANY_LABEL);
    int from = 0;
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', from)) {
      labels.add(name.substring(from, dot));
      from = dot + 1;
    }
    labels.add(name.substring(from));
    return labels;
  }
}
