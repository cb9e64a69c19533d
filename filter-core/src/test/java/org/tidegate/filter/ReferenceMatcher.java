package org.tidegate.filter;

import java.util.List;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.list.Scope;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.filter.url.CanonicalUrl;

/** What an entry covers, in strings: slow and obvious, for comparison. */
final class ReferenceMatcher {
  private ReferenceMatcher() {}

  static boolean covers(List<ListEntry> entries, CanonicalUrl url) {
    return entries.stream().anyMatch(entry -> covers(entry, url));
  }

  static boolean covers(List<ListEntry> entries, CanonicalHost host) {
    return entries.stream().anyMatch(entry -> covers(entry, host));
  }

  static boolean covers(ListEntry entry, CanonicalHost host) {
    String listed = entry.host().text();
    if (entry.scope() == Scope.DOMAIN) {
      boolean below = host.text().endsWith("." + listed) && !host.isAddress();
      return host.text().equals(listed) || below;
    }
    return entry.scope() == Scope.HOST && host.text().equals(listed);
  }

  static boolean covers(ListEntry entry, CanonicalUrl url) {
    if (entry.url().isEmpty()) {
      return covers(entry, url.host());
    }
    CanonicalUrl listed = entry.url().get();
    if (!listed.host().text().equals(url.host().text()) || listed.port() != url.port()) {
      return false;
    }
    return switch (entry.scope()) {
      case PREFIX -> path(url).startsWith(path(listed));
      case PAGE -> path(url).equals(path(listed));
      case EXACT -> pathAndQuery(url).equals(pathAndQuery(listed));
      case DOMAIN, HOST -> false;
    };
  }

  private static String path(CanonicalUrl url) {
    return url.text().substring(url.pathStart(), url.pathEnd());
  }

  private static String pathAndQuery(CanonicalUrl url) {
    return url.text().substring(url.pathStart());
  }
}
