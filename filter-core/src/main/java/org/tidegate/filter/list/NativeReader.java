package org.tidegate.filter.list;

import org.tidegate.filter.url.CanonicalUrl;
import org.tidegate.filter.url.UrlView;

/** Tidegate's own format: domain, {@code =host}, {@code host/path/}, {@code host/page}. */
final class NativeReader implements ListReader {
  private final UrlView view = new UrlView();

  @Override
  public void line(RawLine line, ListSink sink) {
    if (!isPlain(line, sink)) {
      read(line, sink);
    }
  }

  /** Most lines are canonical as they stand, and become entries without a text in between. */
  private boolean isPlain(RawLine line, ListSink sink) {
    boolean hostAlone = line.beginsWith('=');
    if (!view.recognise(line.bytes(), line.from() + (hostAlone ? 1 : 0), line.to())
        || (hostAlone && view.hasPath())
        || line.has('*', view.hostEnd())) {
      return false;
    }
    sink.entry(line.number(), hostAlone ? ListEntry.host(view.toHost()) : plainEntry());
    return true;
  }

  private ListEntry plainEntry() {
    if (!view.hasPath()) {
      return ListEntry.domain(view.toHost());
    }
    CanonicalUrl url = view.toUrl();
    if (url.hasQuery()) {
      return ListEntry.exact(url);
    }
    return ListEntry.hasLastSlash(url) ? ListEntry.prefix(url) : ListEntry.page(url);
  }

  private static void read(RawLine line, ListSink sink) {
    String text = line.withoutComment();
    if (text.isEmpty()) {
      return;
    }
    // A literal star is spelled %2A.
    if (text.indexOf('*') >= 0) {
      sink.refused(line.number(), RefusalReason.WILDCARD);
    } else if (text.startsWith("=")) {
      hostAlone(line.number(), text.substring(1).trim(), false, sink);
    } else {
      entry(line.number(), text, sink);
    }
  }

  private static void entry(int number, String text, ListSink sink) {
    RawUrl raw = new RawUrl(text);
    if (!raw.hasPath() && !raw.hasQuery()) {
      hostAlone(number, text, true, sink);
      return;
    }
    RawLine.url(text)
        .ifPresentOrElse(
            url -> sink.entry(number, entry(raw, url)),
            () -> sink.refused(number, RefusalReason.INVALID_URL));
  }

  private static ListEntry entry(RawUrl raw, CanonicalUrl url) {
    if (raw.hasQuery()) {
      return ListEntry.exact(url);
    }
    return raw.endsWithSlash() && ListEntry.hasLastSlash(url)
        ? ListEntry.prefix(url)
        : ListEntry.page(url);
  }

  private static void hostAlone(int number, String text, boolean domain, ListSink sink) {
    RawUrl raw = new RawUrl(text);
    if (raw.hasPath() || raw.hasQuery()) {
      sink.refused(number, RefusalReason.PATH);
    } else if (raw.hasUserinfo()) {
      sink.refused(number, RefusalReason.USERINFO);
    } else if (raw.hasPort()) {
      sink.refused(number, RefusalReason.PORT);
    } else {
      RawLine.url(text)
          .filter(url -> url.port() == CanonicalUrl.DEFAULT_PORT)
          .filter(url -> !hasBlankOrHash(text))
          .map(CanonicalUrl::host)
          .map(host -> domain ? ListEntry.domain(host) : ListEntry.host(host))
          .ifPresentOrElse(
              entry -> sink.entry(number, entry),
              () -> sink.refused(number, RefusalReason.INVALID_HOST));
    }
  }

  private static boolean hasBlankOrHash(String text) {
    return text.chars().anyMatch(c -> c <= ' ' || c == '#');
  }
}
