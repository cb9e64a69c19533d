package org.tidegate.filter.list;

/** A feed of absolute URLs: each line is one page, with its query if it has one. */
final class UrlsReader implements ListReader {

  @Override
  public void line(RawLine line, ListSink sink) {
    String text = line.text().trim();
    if (text.isEmpty() || text.startsWith("#")) {
      return;
    }
    boolean query = new RawUrl(text).hasQuery();
    RawLine.url(text)
        .map(url -> query ? ListEntry.exact(url) : ListEntry.page(url))
        .ifPresentOrElse(
            entry -> sink.entry(line.number(), entry),
            () -> sink.refused(line.number(), RefusalReason.INVALID_URL));
  }
}
