package org.tidegate.filter.list;

import org.tidegate.filter.url.UrlView;

/** One domain a line, a leading dot allowed; an address is that host alone. */
final class DomainsReader implements ListReader {
  private final UrlView view = new UrlView();

  @Override
  public void line(RawLine line, ListSink sink) {
    if (view.recognise(line.bytes(), line.from(), line.to())
        && !view.hasPath()
        && view.hostStart() == line.from()) {
      sink.entry(line.number(), ListEntry.domain(view.toHost()));
      return;
    }
    String text = line.withoutComment();
    if (!text.isEmpty()) {
      domain(line.number(), text, sink);
    }
  }

  /** The domain that the text names, or the reason why it names none. */
  static void domain(int number, String text, ListSink sink) {
    int colon = text.indexOf(':');
    boolean bracketed = text.startsWith("[") && text.endsWith("]");
    if (text.indexOf('*') >= 0) {
      sink.refused(number, RefusalReason.WILDCARD);
    } else if (text.indexOf('/') >= 0 || text.indexOf('\\') >= 0) {
      sink.refused(number, RefusalReason.PATH);
    } else if (text.indexOf('@') >= 0) {
      sink.refused(number, RefusalReason.USERINFO);
    } else if (!bracketed && colon >= 0 && colon == text.lastIndexOf(':')) {
      sink.refused(number, RefusalReason.PORT);
    } else {
      // Two colons without brackets: an IPv6 address as other programs write it.
      RawLine.host(!bracketed && colon >= 0 ? "[" + text + "]" : text)
          .map(ListEntry::domain)
          .ifPresentOrElse(
              entry -> sink.entry(number, entry),
              () -> sink.refused(number, RefusalReason.INVALID_HOST));
    }
  }
}
