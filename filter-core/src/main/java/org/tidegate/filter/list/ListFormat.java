package org.tidegate.filter.list;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The formats of list text; {@code docs/list-format.md} says what a line of each covers. */
public enum ListFormat {
  NATIVE("native"),
  URLS("urls"),
  DOMAINS("domains"),
  HOSTS("hosts"),
  SQUIDGUARD("squidguard"),
  ADBLOCK("adblock"),
  RPZ("rpz");

  private static final String WHOLE = "";

  private final String id;

  ListFormat(String id) {
    this.id = id;
  }

  /** The format of that id. */
  public static Optional<ListFormat> find(String id) {
    return Arrays.stream(values()).filter(f -> f.id.equals(id)).findFirst();
  }

  /** All ids, for a message. */
  public static String ids() {
    return Arrays.stream(values()).map(ListFormat::id).collect(Collectors.joining(", "));
  }

  /** The word in configuration and on the command line. */
  public String id() {
    return id;
  }

  /** The files in a directory of this format; none where the list is one file. */
  public List<String> parts() {
    return this == SQUIDGUARD ? List.of("domains", "urls") : List.of();
  }

  /** Reads a list that is one file. Bytes, not characters: URLs need not be UTF-8. */
  public int read(InputStream in, ListSink sink) throws IOException {
    return read(WHOLE, in, sink);
  }

  /**
   * Reads one of the {@link #parts}, to its end.
   *
   * @return how many lines it has
   */
  public int read(String part, InputStream in, ListSink sink) throws IOException {
    if (parts().isEmpty() ? !part.equals(WHOLE) : !parts().contains(part)) {
      throw new IllegalArgumentException("no such part (expected one of: " + parts() + ")");
    }
    return new ListLines(in).read(reader(part), sink);
  }

  private ListReader reader(String part) {
    return switch (this) {
      case NATIVE -> new NativeReader();
      case URLS -> new UrlsReader();
      case DOMAINS -> new DomainsReader();
      case HOSTS -> new HostsReader();
      case SQUIDGUARD -> part.equals("urls") ? new SquidGuardUrlsReader() : new DomainsReader();
      case ADBLOCK -> new AdblockReader();
      case RPZ -> new RpzReader();
    };
  }
}
