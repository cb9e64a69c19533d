package org.tidegate.filter.list;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.filter.url.CanonicalUrl;
import org.tidegate.filter.url.UrlView;

/** One thing that a list blocks: a host or URL in canonical form, and its scope. Immutable. */
public final class ListEntry {
  private final Scope scope;

  /** One of the two is there. */
  private final @Nullable CanonicalHost host;

  private final @Nullable CanonicalUrl url;

  private ListEntry(Scope scope, @Nullable CanonicalHost host, @Nullable CanonicalUrl url) {
    this.scope = scope;
    this.host = host;
    this.url = url;
  }

  /** A domain with its sub-domains; an address has none, so it becomes that host alone. */
  public static ListEntry domain(CanonicalHost host) {
    return new ListEntry(host.isAddress() ? Scope.HOST : Scope.DOMAIN, host, null);
  }

  /** One host, without its sub-domains. */
  public static ListEntry host(CanonicalHost host) {
    return new ListEntry(Scope.HOST, host, null);
  }

  /** Everything below the URL's path, which has to end with a slash; a query does not count. */
  public static ListEntry prefix(CanonicalUrl url) {
    if (!hasLastSlash(url)) {
      throw new IllegalArgumentException("path without a last slash (expected: one)");
    }
    return new ListEntry(Scope.PREFIX, null, url);
  }

  static boolean hasLastSlash(CanonicalUrl url) {
    return url.bytes()[url.pathEnd() - 1] == '/';
  }

  /** The URL's path with any query. */
  public static ListEntry page(CanonicalUrl url) {
    return new ListEntry(Scope.PAGE, null, url);
  }

  /** The URL's path with exactly its query. */
  public static ListEntry exact(CanonicalUrl url) {
    return new ListEntry(Scope.EXACT, null, url);
  }

  /**
   * Every entry that would cover the host, when nothing but the host can be seen: the slow and
   * obvious enumeration that explains a verdict.
   */
  public static List<ListEntry> covering(CanonicalHost host) {
    List<ListEntry> all = new ArrayList<>();
    String text = host.text();
    for (int dot = host.isAddress() ? -1 : text.indexOf('.'); dot >= 0; ) {
      CanonicalHost.parse(text.substring(dot + 1)).ifPresent(h -> all.add(0, domain(h)));
      dot = text.indexOf('.', dot + 1);
    }
    if (!host.isAddress()) {
      all.add(domain(host));
    }
    all.add(host(host));
    return all;
  }

  /** Every entry that would cover the URL, shortest domain first. */
  public static List<ListEntry> covering(CanonicalUrl url) {
    List<ListEntry> all = covering(url.host());
    String text = url.text();
    for (int slash = url.pathStart(); slash >= 0 && slash < url.pathEnd(); ) {
      CanonicalUrl.parse(text.substring(0, slash + 1)).ifPresent(u -> all.add(prefix(u)));
      slash = text.indexOf('/', slash + 1);
    }
    all.add(page(url));
    all.add(exact(url));
    return all;
  }

  public Scope scope() {
    return scope;
  }

  public CanonicalHost host() {
    return host == null ? requireNonNull(url).host() : host;
  }

  /** The URL of a prefix, page or exact entry. */
  public Optional<CanonicalUrl> url() {
    return Optional.ofNullable(url);
  }

  /** Shows the view what the entry stands for. */
  public void show(UrlView view) {
    if (url == null) {
      view.show(host());
    } else {
      view.show(url);
    }
  }

  /** What is covered, in clear: for the publisher's own terminal, never for a log. */
  public String text() {
    if (url == null) {
      return host().text();
    }
    int length = scope == Scope.EXACT ? url.bytes().length : url.pathEnd();
    return new String(url.bytes(), 0, length, StandardCharsets.US_ASCII);
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof ListEntry other && scope == other.scope && text().equals(other.text());
  }

  @Override
  public int hashCode() {
    return Objects.hash(scope, text());
  }

  /** Discloses nothing: entries are kept out of logs and messages. */
  @Override
  public String toString() {
    return "ListEntry[" + scope + "]";
  }
}
