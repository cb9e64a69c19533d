package org.tidegate.app.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.HashSet;
import java.util.Set;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.list.Scope;

/**
 * The obvious design: every entry is a string in a hash set, and a URL asks for every expression
 * that could cover it. It is given canonical text, so it pays for no canonicalisation. For one
 * thread.
 */
public final class HashSetDesign implements EngineDesign {
  private final Set<String> entries = new HashSet<>();
  private long bytes;

  public void add(ListEntry entry) {
    String expression = mark(entry.scope()) + entry.text();
    if (entries.add(expression)) {
      // String 24, its array 16 and its letters, node 32, its place in the table about 8.
      bytes += 24 + (16 + expression.length() + 7) / 8 * 8 + 32 + 8;
    }
  }

  @Override
  public String id() {
    return "hashset";
  }

  @Override
  public boolean isBlocked(byte[] url, int from, int to) {
    String text = withoutScheme(new String(url, from, to - from, ISO_8859_1));
    int path = text.indexOf('/');
    int query = text.indexOf('?');
    int pathEnd = query < 0 ? text.length() : query;
    String host = text.substring(0, path);
    for (int label = 0; label >= 0; label = next(host, label)) {
      if (entries.contains(mark(Scope.DOMAIN) + host.substring(label))) {
        return true;
      }
    }
    if (entries.contains(mark(Scope.HOST) + host)) {
      return true;
    }
    for (int slash = path; slash >= 0 && slash < pathEnd; slash = text.indexOf('/', slash + 1)) {
      if (entries.contains(mark(Scope.PREFIX) + text.substring(0, slash + 1))) {
        return true;
      }
    }
    return entries.contains(mark(Scope.PAGE) + text.substring(0, pathEnd))
        || entries.contains(mark(Scope.EXACT) + text);
  }

  @Override
  public long bytes() {
    return bytes;
  }

  private static int next(String host, int label) {
    int dot = host.indexOf('.', label);
    return dot < 0 ? -1 : dot + 1;
  }

  private static String withoutScheme(String url) {
    int colon = url.indexOf("://");
    return colon < 0 ? url : url.substring(colon + 3);
  }

  private static char mark(Scope scope) {
    return switch (scope) {
      case DOMAIN -> 'd';
      case HOST -> 'h';
      case PREFIX -> 'p';
      case PAGE -> 'a';
      case EXACT -> 'e';
    };
  }
}
