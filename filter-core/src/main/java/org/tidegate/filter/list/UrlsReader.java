package org.tidegate.filter.list;

import org.tidegate.filter.url.CanonicalUrl;
import org.tidegate.filter.url.UrlView;

/** A feed of absolute URLs: each line is one page, with its query if it has one. */
final class UrlsReader implements ListReader {
  private final UrlView view = new UrlView();

  @Override
  public void line(RawLine line, ListSink sink) {
    // A host alone is its front page, and not canonical as it stands.
    if (view.recognise(line.bytes(), line.from(), line.to()) && view.hasPath()) {
      sink.entry(line.number(), entry(view.toUrl()));
    } else {
      read(line, sink);
    }
  }

  private static ListEntry entry(CanonicalUrl url) {
    return url.hasQuery() ? ListEntry.exact(url) : ListEntry.page(url);
  }

  private static void read(RawLine line, ListSink sink) {
    String text = line.text().trim();
    if (text.isEmpty() || text.startsWith("#")) {
      return;
    }
    String spelled = withoutComment(text);
    boolean query = new RawUrl(spelled).hasQuery();
    RawLine.url(spelled)
        .filter(url -> !hasBlank(spelled))
        .map(url -> query ? ListEntry.exact(url) : ListEntry.page(url))
        .ifPresentOrElse(
            entry -> sink.entry(line.number(), entry),
            () -> sink.refused(line.number(), RefusalReason.INVALID_URL));
  }

  /** Without what a blank and {@code #} begin; a fragment has no blank before it. */
  private static String withoutComment(String text) {
    int hash = text.indexOf('#');
    while (hash > 0 && text.charAt(hash - 1) > ' ') {
      hash = text.indexOf('#', hash + 1);
    }
    return hash < 0 ? text : text.substring(0, hash).trim();
  }

  /** Whether there is a second column: only a fragment, which counts for nothing, has blanks. */
  private static boolean hasBlank(String text) {
    return text.chars().takeWhile(c -> c != '#').anyMatch(c -> c <= ' ');
  }
}
