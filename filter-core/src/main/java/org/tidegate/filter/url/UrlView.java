package org.tidegate.filter.url;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the parts of a canonical URL or host lie, in bytes that may be anybody's. It is filled
 * again and again, and allocates nothing for a URL that is canonical already. For one thread; hot
 * path.
 */
public final class UrlView {
  /** The end of a path that nobody has looked at. */
  static final int UNREAD = -1;

  private static final byte[] NOTHING = {};

  private byte[] bytes = NOTHING;
  private int from;
  private int start;
  private int hostEnd;
  private int port;
  private int pathStart;
  private int pathEnd;
  private int end;

  /** Whether the host is an IPv4 or IPv6 address. */
  boolean address;

  /** Where the host's dots are, in a host of up to 64 bytes: one bit a byte. */
  long dots;

  /**
   * Reads a URL as {@link CanonicalUrl#parse(byte[], int, int)} does; false where it is invalid.
   * Path and query may be left for {@link #readPath}.
   *
   * @param url not to be changed as long as the view is in use
   */
  public boolean read(byte[] url, int from, int to) {
    Objects.checkFromToIndex(from, to, url.length);
    this.from = from;
    return CanonicalScan.host(url, from, to, this) || rewrite(url, from, to);
  }

  /** Reads path and query if nobody has yet; that may move the host, but never changes it. */
  public void readPath() {
    if (pathEnd == UNREAD && !scanPath() && !rewrite(bytes, from, end)) {
      throw new IllegalStateException("a host without a URL (expected: valid whatever the path)");
    }
  }

  /**
   * Shows a URL, or a host alone, that is canonical as it stands but for a scheme before it; the
   * host is an IPv4 address or has letters, digits, hyphens and underscores alone. False says
   * nothing: {@link #read} may read it.
   */
  public boolean recognise(byte[] url, int from, int to) {
    Objects.checkFromToIndex(from, to, url.length);
    this.from = from;
    if (!CanonicalScan.host(url, from, to, this)) {
      return false;
    }
    if (pathStart == to && hostEnd == to) {
      pathEnd = to;
      return true;
    }
    return scanPath();
  }

  /** Whether path and query are canonical as they are. */
  boolean scanPath() {
    pathEnd = CanonicalScan.path(bytes, pathStart, end);
    return pathEnd != UNREAD;
  }

  private boolean rewrite(byte[] url, int from, int to) {
    Optional<CanonicalUrl> rewritten = UrlRewrite.parse(url, from, to);
    rewritten.ifPresent(this::show);
    return rewritten.isPresent();
  }

  /** Shows a whole URL. */
  public void show(CanonicalUrl url) {
    byte[] text = url.bytes();
    int host = url.hostEnd();
    set(text, 0, host, url.port(), url.pathStart(), url.pathEnd(), text.length);
    address = CanonicalHost.isAddress(text, host);
    dots = CanonicalScan.dots(text, host);
  }

  /** Shows a host alone. */
  public void show(CanonicalHost host) {
    byte[] text = host.bytes();
    int length = text.length;
    set(text, 0, length, CanonicalUrl.DEFAULT_PORT, length, length, length);
    address = host.isAddress();
    dots = CanonicalScan.dots(text, length);
  }

  /** Lets go of the bytes. */
  public void clear() {
    set(NOTHING, 0, 0, 0, 0, 0, 0);
  }

  void set(byte[] bytes, int start, int hostEnd, int port, int pathStart, int pathEnd, int end) {
    this.bytes = bytes;
    this.start = start;
    this.hostEnd = hostEnd;
    this.port = port;
    this.pathStart = pathStart;
    this.pathEnd = pathEnd;
    this.end = end;
  }

  /** Where the label begins that ends there, in the host. */
  public int labelStart(int labelEnd) {
    int length = labelEnd - start;
    if (hostEnd - start <= Long.SIZE) {
      long before = length == Long.SIZE ? dots : dots & (1L << length) - 1;
      return start + Long.SIZE - Long.numberOfLeadingZeros(before);
    }
    int at = labelEnd;
    while (at > start && bytes[at - 1] != '.') {
      at--;
    }
    return at;
  }

  /** A copy that stays, of a URL whose path is read. */
  public CanonicalUrl toUrl() {
    byte[] text = Arrays.copyOfRange(bytes, start, end);
    return new CanonicalUrl(text, hostEnd - start, port, pathStart - start, pathEnd - start);
  }

  /** A copy of the host that stays. */
  public CanonicalHost toHost() {
    return new CanonicalHost(Arrays.copyOfRange(bytes, start, hostEnd));
  }

  /** The bytes in which all positions are: not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  public int hostStart() {
    return start;
  }

  public int hostEnd() {
    return hostEnd;
  }

  public boolean isAddress() {
    return address;
  }

  /** The port from 0 to 65535, or {@link CanonicalUrl#DEFAULT_PORT}. */
  public int port() {
    return port;
  }

  /** Whether there is a path that is read: a URL has one, a host alone has none. */
  public boolean hasPath() {
    return pathStart < pathEnd;
  }

  public int pathStart() {
    return pathStart;
  }

  public int pathEnd() {
    return pathEnd;
  }

  /** Where the query ends, or the path where there is none. */
  public int end() {
    return end;
  }

  /** Discloses nothing. */
  @Override
  public String toString() {
    return "UrlView";
  }
}
