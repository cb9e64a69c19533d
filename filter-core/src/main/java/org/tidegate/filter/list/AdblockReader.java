package org.tidegate.filter.list;

/**
 * A filter list for browsers, of which {@code ||domain^} alone says what a gateway can do. Every
 * other rule is skipped: half a rule would block more, or less, than its author meant.
 */
final class AdblockReader implements ListReader {

  @Override
  public void line(RawLine line, ListSink sink) {
    String text = line.text().trim();
    if (text.isEmpty()) {
      return;
    }
    String name = isDomain(text) ? text.substring(2, text.length() - 1) : "";
    if (name.isEmpty()) {
      sink.skipped(line.number());
    } else {
      DomainsReader.domain(line.number(), name, sink);
    }
  }

  private static boolean isDomain(String text) {
    // ||.host^ is not the host.
    if (text.length() < 4
        || !text.startsWith("||")
        || !text.endsWith("^")
        || text.charAt(2) == '.') {
      return false;
    }
    for (int i = 2; i < text.length() - 1; i++) {
      char c = text.charAt(i);
      boolean name = Character.isLetterOrDigit(c) || c >= 0x80 || "._-[]:".indexOf(c) >= 0;
      if (!name) {
        return false;
      }
    }
    return text.startsWith("[", 2) || text.indexOf(':') < 0;
  }
}
