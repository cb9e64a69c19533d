package org.tidegate.app.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.list.ListFormat;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.proxy.upstream.ParentProxy;
import org.tidegate.sync.Lateness;

/** Where a list comes from. */
public sealed interface ListSource {

  /**
   * Where a repository is: an http, https or file URL without credentials, or a directory.
   *
   * @param from the directory that others are relative to
   */
  static Optional<URI> repository(String text, Path from) {
    return Optional.ofNullable(Formats.repository(from).parse().apply(text));
  }

  /** A compiled list in a file. */
  record CompiledFile(Path file, Path listKey) implements ListSource {}

  /**
   * The text of a list, compiled when it is read.
   *
   * @param key the file of the key to compile it with; without one its entries are numbered anew at
   *     each start
   * @param confirmed public suffixes that are meant to be listed as domains
   */
  record TextFile(Path file, ListFormat format, @Nullable Path key, List<CanonicalHost> confirmed)
      implements ListSource {

    /** The file of the key, if there is one. */
    public Optional<Path> listKey() {
      return Optional.ofNullable(key);
    }
  }

  /**
   * How repositories on web servers are reached.
   *
   * @param proxy HOST:PORT of a proxy on the way
   * @param proxyCredentials the file of user and password for it
   * @param authorities the file of the authorities that are trusted instead of the platform's
   * @param clientCertificate a file with a certificate to show, and its key
   * @param clientPassword the file of its password
   * @param credentials the file of user and password, or token
   */
  record Access(
      @Nullable ParentProxy proxy,
      @Nullable Path proxyCredentials,
      @Nullable Path authorities,
      @Nullable Path clientCertificate,
      @Nullable Path clientPassword,
      @Nullable Path credentials) {}

  /**
   * A list that its publisher signs, fetched by the gateway itself.
   *
   * @param repositories http, https or file URIs: the publisher's, and its mirrors
   * @param listKeys files of the keys that it may be compiled with
   * @param store where the last good editions of such lists are kept
   * @param refresh how often it is fetched
   * @param anySize whether sudden changes of its size are taken too
   */
  record Signed(
      List<URI> repositories,
      Access access,
      Path trustedRoot,
      List<Path> listKeys,
      Path store,
      Duration refresh,
      Lateness lateness,
      boolean anySize)
      implements ListSource {}
}
