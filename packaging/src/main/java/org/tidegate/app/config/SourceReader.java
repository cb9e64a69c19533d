package org.tidegate.app.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.list.ListFormat;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.sync.Lateness;

/** Reads where a list comes from: a file, or a publisher's repository. */
final class SourceReader {
  private static final String COMPILED = "compiled";
  private static final Format<String> FORMAT = format();
  private static final List<String> FOR_FILES = List.of("file", "format", "confirm");
  private static final List<String> FOR_REPOSITORIES =
      List.of(
          "trusted-root",
          "mirrors",
          "proxy",
          "proxy-credentials",
          "authorities",
          "client-certificate",
          "client-password",
          "credentials",
          "refresh",
          "late-after",
          "edition-every",
          "size-guard");
  private static final Format<Boolean> SIZE_GUARD = Format.word("on", false, "off", true);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration YEAR = Duration.ofDays(365);
  private static final Duration REFRESH = Duration.ofHours(1);
  private static final int REFRESHES_UNTIL_LATE = 3;

  private final Format<Path> path;
  private final Format<URI> repository;
  private final Path store;

  SourceReader(Path directory, Path store) {
    this.path = Formats.path(directory);
    this.repository = Formats.repository(directory);
    this.store = store;
  }

  private static Format<String> format() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put(COMPILED, COMPILED);
    Arrays.stream(ListFormat.values()).map(ListFormat::id).forEach(id -> words.put(id, id));
    return Format.word(words);
  }

  @Nullable ListSource read(Section source) {
    boolean signed = source.has("repository");
    ListSource read = signed ? repository(source) : file(source);
    for (String key : signed ? FOR_FILES : FOR_REPOSITORIES) {
      if (source.has(key)) {
        source.problem(
            key,
            signed
                ? "given for a repository (expected: for a list in a file)"
                : "given for a list in a file (expected: for a repository)");
      }
    }
    source.end();
    return read;
  }

  private @Nullable ListSource file(Section source) {
    Path file = source.require("file", path);
    String format = source.require("format", FORMAT);
    boolean compiled = COMPILED.equals(format);
    Path key = compiled ? source.require("list-key", path) : source.find("list-key", path);
    List<CanonicalHost> confirmed = source.values("confirm", List.of(), Formats.HOST);
    if (compiled && source.has("confirm")) {
      source.problem("confirm", "given for a compiled list (expected: for the text of a list)");
    }
    if (file == null || format == null) {
      return null;
    }
    if (compiled) {
      return key == null ? null : new ListSource.CompiledFile(file, key);
    }
    return new ListSource.TextFile(
        file, ListFormat.find(format).orElseThrow(), key, List.copyOf(confirmed));
  }

  private @Nullable ListSource repository(Section source) {
    URI place = source.require("repository", repository);
    List<URI> repositories = new ArrayList<>(source.values("mirrors", List.of(), repository));
    if (place != null) {
      repositories.add(0, place);
    }
    ListSource.Access access = access(source, repositories);
    Path trustedRoot = source.require("trusted-root", path);
    List<Path> keys = source.values("list-key", List.of(), path);
    if (!source.has("list-key") || source.isEmptyList("list-key")) {
      source.problem("list-key", "missing (expected: a path, or two while a key is replaced)");
    }
    Duration refresh = source.value("refresh", REFRESH, Formats.time(SECOND, DAY));
    Duration late =
        source.value(
            "late-after", refresh.multipliedBy(REFRESHES_UNTIL_LATE), Formats.time(SECOND, YEAR));
    Duration editions = source.find("edition-every", Formats.time(SECOND, YEAR));
    boolean anySize = source.value("size-guard", false, SIZE_GUARD);
    if (place == null || trustedRoot == null || keys.isEmpty()) {
      return null;
    }
    return new ListSource.Signed(
        List.copyOf(repositories),
        access,
        trustedRoot,
        List.copyOf(keys),
        store,
        refresh,
        new Lateness(late, Optional.ofNullable(editions)),
        anySize);
  }

  private ListSource.Access access(Section source, List<URI> repositories) {
    ListSource.Access access =
        new ListSource.Access(
            source.find("proxy", Formats.PARENT_PROXY),
            source.find("proxy-credentials", path),
            source.find("authorities", path),
            source.find("client-certificate", path),
            source.find("client-password", path),
            source.find("credentials", path));
    if ((access.clientCertificate() == null) != (access.clientPassword() == null)) {
      source.problem(
          "client-certificate", "one of two (expected: client-certificate and client-password)");
    }
    if (access.proxyCredentials() != null && access.proxy() == null) {
      source.problem("proxy-credentials", "no proxy (expected: proxy, too)");
    }
    boolean inClear = repositories.stream().anyMatch(at -> "http".equalsIgnoreCase(at.getScheme()));
    if (access.credentials() != null && inClear) {
      source.problem("credentials", "given for plain http (expected: https)");
    }
    return access;
  }
}
