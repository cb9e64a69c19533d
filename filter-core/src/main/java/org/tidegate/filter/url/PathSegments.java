package org.tidegate.filter.url;

/** Dot segments and runs of slashes in a path whose escapes are undone; it begins with a slash. */
final class PathSegments {
  private PathSegments() {}

  /**
   * Resolves dot segments as the URL standard does (C13): {@code ..} takes away the segment before
   * it, an empty one too. A path that ends in a dot segment ends in a slash.
   */
  static void resolveDots(Bytes path) {
    int length = path.length();
    int written = 0;
    int slash = 0;
    while (slash < length) {
      int next = nextSlash(path, slash + 1, length);
      int dots = dots(path, slash + 1, next);
      if (dots == 2) {
        written = lastSlash(path, written);
      }
      if (dots == 0) {
        written = move(path, slash, next, written);
      } else if (next == length) {
        path.set(written++, (byte) '/');
      }
      slash = next;
    }
    path.truncate(written);
  }

  /** Merges runs of slashes into one (C14). */
  static void mergeSlashes(Bytes path) {
    int written = 0;
    for (int i = 0; i < path.length(); i++) {
      byte b = path.get(i);
      if (b != '/' || written == 0 || path.get(written - 1) != '/') {
        path.set(written++, b);
      }
    }
    path.truncate(written);
  }

  /** 1 or 2 where the segment is a dot segment of as many dots, or 0. */
  private static int dots(Bytes path, int from, int to) {
    int count = to - from;
    if (count != 1 && count != 2) {
      return 0;
    }
    return path.get(from) == '.' && path.get(to - 1) == '.' ? count : 0;
  }

  private static int nextSlash(Bytes path, int from, int to) {
    int i = from;
    while (i < to && path.get(i) != '/') {
      i++;
    }
    return i;
  }

  /** Where the last segment of what is written begins; each byte is passed once at most. */
  private static int lastSlash(Bytes path, int written) {
    int i = Math.max(written - 1, 0);
    while (i > 0 && path.get(i) != '/') {
      i--;
    }
    return i;
  }

  private static int move(Bytes path, int from, int to, int at) {
    int written = at;
    for (int i = from; i < to; i++) {
      path.set(written++, path.get(i));
    }
    return written;
  }
}
