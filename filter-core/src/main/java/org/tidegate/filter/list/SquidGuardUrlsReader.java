package org.tidegate.filter.list;

import org.tidegate.filter.url.CanonicalUrl;

/** The {@code urls} file of a squidGuard directory: a URL is that page and what is below it. */
final class SquidGuardUrlsReader implements ListReader {

  @Override
  public void line(RawLine line, ListSink sink) {
    String text = line.withoutComment();
    if (text.isEmpty()) {
      return;
    }
    RawUrl raw = new RawUrl(text);
    if (!raw.hasPath() && !raw.hasQuery()) {
      sink.refused(line.number(), RefusalReason.NO_PATH);
      return;
    }
    RawLine.url(text)
        .ifPresentOrElse(
            url -> entries(line.number(), raw, url, sink),
            () -> sink.refused(line.number(), RefusalReason.INVALID_URL));
  }

  private static void entries(int number, RawUrl raw, CanonicalUrl url, ListSink sink) {
    if (raw.hasQuery()) {
      sink.entry(number, ListEntry.exact(url));
      return;
    }
    if (raw.endsWithSlash() && ListEntry.hasLastSlash(url)) {
      sink.entry(number, ListEntry.prefix(url));
      return;
    }
    sink.entry(number, ListEntry.page(url));
    // A page such as /a/.. ends with a slash only once it is canonical: nothing is below it.
    if (!ListEntry.hasLastSlash(url)) {
      CanonicalUrl.parse(url.text() + "/").ifPresent(u -> sink.entry(number, ListEntry.prefix(u)));
    }
  }
}
