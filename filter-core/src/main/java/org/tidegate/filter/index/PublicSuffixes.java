package org.tidegate.filter.index;

import com.google.thirdparty.publicsuffix.PublicSuffixPatterns;
import com.google.thirdparty.publicsuffix.PublicSuffixType;
import java.util.AbstractList;
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
    if (!isSuffix(PublicSuffixPatterns.TRIE.findSuffixIndex(below))) {
      return Optional.empty(); // nearly every name, with one question
    }
    int registry = PublicSuffixPatterns.TRIE.findSuffixIndex(below, PublicSuffixType.REGISTRY);
    return Optional.of(isSuffix(registry) ? HoldReason.REGISTRY_SUFFIX : HoldReason.PRIVATE_SUFFIX);
  }

  /** Whether the suffix that was found is all of the name, or what is right below it. */
  private static boolean isSuffix(int index) {
    return index == 0 || index == 1;
  }

  /** The labels of a name below that one; the search seldom asks for more than the last two. */
  private static List<String> labels(String name) {
    int count = 1;
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      count++;
    }
    int all = count;
    return new AbstractList<>() {
      @Override
      public int size() {
        return 1 + all;
      }

      @Override
      public String get(int index) {
        int end = name.length();
        for (int label = all; label > index; label--) {
          end = name.lastIndexOf('.', end - 1);
        }
        return index == 0 ? ANY_LABEL : name.substring(name.lastIndexOf('.', end - 1) + 1, end);
      }
    };
  }
}
