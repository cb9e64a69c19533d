package org.tidegate.app.config;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.ClientNetwork;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.proxy.upstream.ParentProxy;

/** The kinds of values that the configuration knows. */
final class Formats {
  private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(B|KiB|MiB)");
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");
  private static final Pattern DOMAIN_NAME = Pattern.compile("[a-z0-9._-]+");
  private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");
  private static final Pattern PARENT =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9._-]+)):([0-9]{1,5})");

  static final Format<String> NAMES =
      new Format<>(
          "lower-case letters, digits and hyphens, at most 32",
          text -> NAME.matcher(text).matches() ? text : null);

  static final Format<String> TEXT = new Format<>("a text", text -> text);

  static final Format<InetSocketAddress> LISTENER =
      new Format<>(
          "an IP address and a port, such as 127.0.0.1:8080 or [::]:8080",
          text -> Addresses.socket(text, 0));

  static final Format<InetSocketAddress> DESTINATION =
      new Format<>(
          "an IP address and a port, such as 192.0.2.1:80 or [2001:db8::1]:80",
          text -> Addresses.socket(text, 1));

  static final Format<InetSocketAddress> DNS_SERVER =
      new Format<>(
          "an IP address, with a port unless that is 53, such as 192.0.2.1 or [2001:db8::1]:5353",
          text -> Addresses.socketOr(text, 53));

  static final Format<ClientNetwork> NETWORK =
      new Format<>(
          "a network such as 10.0.0.0/8 or 2001:db8::/32, no bit set behind the prefix, or an IP"
              + " address",
          Addresses::network);

  static final Format<ParentProxy> PARENT_PROXY =
      new Format<>("HOST:PORT, such as proxy.example:3128", Formats::parent);

  /** As clients are told it. */
  static final Format<String> PROXY_NAME =
      new Format<>(
          "HOST:PORT, such as proxy.example:8080", text -> parent(text) == null ? null : text);

  static final Format<String> DOMAIN =
      new Format<>("a domain, such as intranet.example", Formats::domain);

  static final Format<URI> WEB_ADDRESS = new Format<>("an http or https URI", Formats::webAddress);

  static final Format<CanonicalHost> HOST =
      new Format<>("a host name", text -> CanonicalHost.parse(text).orElse(null));

  private Formats() {}

  static Format<Duration> time(Duration least, Duration most) {
    return new Format<>("a time such as 500ms, 15s, 2m or 1h, from ", Formats::time)
        .where(show(least) + " to " + show(most), t -> within(t, least, most));
  }

  static Format<Integer> size(int least, int most) {
    return new Format<>("a size such as 512B, 64KiB or 1MiB, from ", Formats::size)
        .where(least / 1024 + "KiB to " + most / 1024 + "KiB", s -> s >= least && s <= most);
  }

  static Format<Integer> number(int least, int most) {
    return new Format<>("a number from ", Formats::number)
        .where(least + " to " + most, n -> n >= least && n <= most);
  }

  /** A file or directory, from that directory where it is relative. */
  static Format<Path> path(Path from) {
    return new Format<>(
        "a path",
        text -> {
          try {
            return text.isBlank() ? null : from.resolve(text).normalize();
          } catch (InvalidPathException e) {
            return null;
          }
        });
  }

  /** A web server or a directory, from that directory where it is relative. */
  static Format<URI> repository(Path from) {
    return new Format<>(
        "an http, https or file URL, or a directory",
        text -> URL.matcher(text).matches() ? repositoryUrl(text) : directory(from, text));
  }

  private static @Nullable URI directory(Path from, String text) {
    Path directory = path(from).parse().apply(text);
    return directory == null ? null : directory.toUri();
  }

  private static @Nullable URI repositoryUrl(String text) {
    try {
      URI uri = new URI(text);
      boolean plain =
          uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null;
      if ("file".equalsIgnoreCase(uri.getScheme())) {
        return plain ? Path.of(uri).toUri() : null;
      }
      return plain ? webAddress(text) : null;
    } catch (URISyntaxException | IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable String domain(String text) {
    return CanonicalHost.parse(text)
        .map(CanonicalHost::text)
        .filter(host -> DOMAIN_NAME.matcher(host).matches())
        .orElse(null);
  }

  private static boolean within(Duration time, Duration least, Duration most) {
    return time.compareTo(least) >= 0 && time.compareTo(most) <= 0;
  }

  private static @Nullable Duration time(String text) {
    Matcher m = TIME.matcher(text);
    if (!m.matches()) {
      return null;
    }
    long count = Long.parseLong(m.group(1));
    return switch (m.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "d" -> Duration.ofDays(count);
      default -> Duration.ofHours(count);
    };
  }

  private static String show(Duration time) {
    if (time.toMillis() % 1000 != 0) {
      return time.toMillis() + "ms";
    }
    if (time.toDays() > 1) {
      return time.toDays() + "d";
    }
    return time.toMinutes() > 0 && time.toMinutes() % 60 == 0
        ? time.toHours() + "h"
        : time.toSeconds() + "s";
  }

  private static @Nullable Integer size(String text) {
    Matcher m = SIZE.matcher(text);
    if (!m.matches()) {
      return null;
    }
    int shift =
        switch (m.group(2)) {
          case "B" -> 0;
          case "KiB" -> 10;
          default -> 20;
        };
    long bytes = Long.parseLong(m.group(1)) << shift;
    return bytes > Integer.MAX_VALUE ? null : Integer.valueOf((int) bytes);
  }

  private static @Nullable Integer number(String text) {
    return text.matches("[0-9]{1,9}") ? Integer.valueOf(text) : null;
  }

  private static @Nullable ParentProxy parent(String text) {
    Matcher m = PARENT.matcher(text);
    if (!m.matches()) {
      return null;
    }
    int port = Integer.parseInt(m.group(3));
    if (port < 1 || port > 65_535) {
      return null;
    }
    return new ParentProxy(m.group(1) == null ? m.group(2) : m.group(1), port);
  }

  private static @Nullable URI webAddress(String text) {
    try {
      URI uri = new URI(text);
      String scheme = uri.getScheme();
      boolean web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
      return web && uri.getHost() != null ? uri : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
