package org.tidegate.filter.url;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/** A URL in canonical form: {@code host[:port]/path[?query]} in printable ASCII. Immutable. */
public final class CanonicalUrl {
  /** What {@link #port} answers where the URL names no port, or 80 or 443. */
  public static final int DEFAULT_PORT = -1;

  private final byte[] text;
  private final int hostEnd;
  private final int port;
  private final int pathStart;
  private final int pathEnd;

  CanonicalUrl(byte[] text, int hostEnd, int port, int pathStart, int pathEnd) {
    this.text = text;
    this.hostEnd = hostEnd;
    this.port = port;
    this.pathStart = pathStart;
    this.pathEnd = pathEnd;
  }

  /**
   * Returns the canonical form, or nothing where the URL has none (it is invalid). Never throws.
   */
  public static Optional<CanonicalUrl> parse(String url) {
    byte[] bytes = Utf8.encode(url);
    return parse(bytes, 0, bytes.length);
  }

  /** As {@link #parse(String)}, of the bytes (UTF-8 or not) from {@code from} to {@code to}. */
  public static Optional<CanonicalUrl> parse(byte[] url, int from, int to) {
    Objects.checkFromToIndex(from, to, url.length);
    UrlView view = new UrlView();
    if (CanonicalScan.host(url, from, to, view) && view.scanPath()) {
      return Optional.of(view.toUrl());
    }
    return UrlRewrite.parse(url, from, to);
  }

  public CanonicalHost host() {
    return new CanonicalHost(Arrays.copyOf(text, hostEnd));
  }

  /** Where the host ends in {@link #bytes}. */
  int hostEnd() {
    return hostEnd;
  }

  /** The port from 0 to 65535, or {@link #DEFAULT_PORT}. */
  public int port() {
    return port;
  }

  /** The whole canonical text, shared with this URL: not to be changed. */
  public byte[] bytes() {
    return text;
  }

  /** Where the path begins in {@link #bytes}; it begins with a slash. */
  public int pathStart() {
    return pathStart;
  }

  /** Where the path ends in {@link #bytes}; what follows is empty, or {@code ?} and the query. */
  public int pathEnd() {
    return pathEnd;
  }

  public boolean hasQuery() {
    return pathEnd < text.length;
  }

  /** The canonical text. */
  public String text() {
    return new String(text, StandardCharsets.US_ASCII);
  }

  /** Discloses nothing: URLs are kept out of logs and messages. */
  @Override
  public String toString() {
    return "CanonicalUrl";
  }
}
