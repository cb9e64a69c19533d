package org.tidegate.filter.index;

import org.tidegate.filter.list.Scope;

/** The number of a scope in a compiled list, as a tag and as a bit: part of the format. */
final class ScopeCode {
  static final int ALL_BITS = 0b11111;

  private static final Scope[] SCOPES = {
    Scope.DOMAIN, Scope.HOST, Scope.PREFIX, Scope.PAGE, Scope.EXACT
  };

  private ScopeCode() {}

  /** From 1; 0 is the tag of host keys. */
  static int tag(Scope scope) {
    return switch (scope) {
      case DOMAIN -> 1;
      case HOST -> 2;
      case PREFIX -> 3;
      case PAGE -> 4;
      case EXACT -> 5;
    };
  }

  static Scope ofTag(int tag) {
    return SCOPES[tag - 1];
  }

  static int bit(Scope scope) {
    return 1 << (tag(scope) - 1);
  }
}
