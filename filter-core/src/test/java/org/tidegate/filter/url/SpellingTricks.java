package org.tidegate.filter.url;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Canonical URLs and other spellings of them, from a seeded generator. Text is bytes as Latin-1.
 */
public final class SpellingTricks {
  private static final String[] HOSTS = {
    "host.example", "a.b.c.test", "x-1_y.invalid", "xn--bcher-kva.example", "localhost.test"
  };
  private static final String[] SEGMENTS = {
    "page", "a.b", "...", "..x", "Img_01.JPG", "~u", "%20", "%3F", "%5C", "%25", "%C3%BC", "@;=&+,:"
  };
  private static final String[] QUERIES = {
    "", "?", "?q=1", "?a=b&c=d;e+f", "?x%26y%3D%2B%3B", "?a//b/../c?d", "?%00%23%25%FF\\"
  };
  private static final String[] JUNK = {"/./", "/x/../", "//", "/.//", "/y/z/../../"};
  private static final String HEX = "0123456789abcdef";
  private static final String IGNORED = latin1("\u00ad");

  private final SplittableRandom random;

  public SpellingTricks(SplittableRandom random) {
    this.random = random;
  }

  /** A URL in canonical form, at the root of its parts: host, port, path, query. */
  String[] plain() {
    StringBuilder path = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      path.append('/').append(pick(SEGMENTS));
    }
    path.append(path.isEmpty() || coin() ? "/" : "");
    String port = coin() ? "" : ":" + random.nextInt(1000, 65536);
    return new String[] {pick(HOSTS), port, path.toString(), pick(QUERIES)};
  }

  /** Another spelling of it, with any number of tricks on each part. */
  public String spell(String... parts) {
    String scheme = pick("http://", "HTTPS:\\\\", "http:", "hTTps:/\\/", "//", "\t http://");
    String user = pick("", "", "u@", "u:p@", "a@b:80@", ":@", "u%40%2f@");
    String authority = user + host(parts[0]) + port(parts[1]);
    String path = path(parts[2]);
    boolean bare = path.equals("/") && coin();
    String fragment = pick("", "", "#", "#f", "#/../?x#@");
    String url = scheme + authority + (bare ? "" : path) + query(parts[3]) + fragment;
    return sprinkle(url) + pick("", " ", "\r\n", "\u0000");
  }

  private String port(String port) {
    return port.isEmpty()
        ? pick("", ":", ":80", ":443", ":0080")
        : pick(port, ":00" + port.substring(1));
  }

  private String host(String host) {
    StringBuilder out = new StringBuilder(pick("", "", "."));
    for (int i = 0; i < host.length(); i++) {
      out.append(hostCharacter(host.charAt(i)));
    }
    return out + pick("", "", ".", "..");
  }

  private String hostCharacter(char c) {
    switch (random.nextInt(8)) {
      case 0:
        return String.valueOf(c).toUpperCase(Locale.ROOT);
      case 1:
        return escape(c, 3);
      case 2:
        return c == '.' ? pick("..", "%2e", latin1("\u3002")) : fullWidth(c);
      case 3:
        return c + IGNORED;
      default:
        return String.valueOf(c);
    }
  }

  private static String fullWidth(char c) {
    return latin1(String.valueOf((char) (c - 0x21 + 0xFF01)));
  }

  private String path(String path) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '%') {
        out.append(escapedEscape(path, i));
        i += 2;
      } else if (c == '/') {
        out.append(slashes());
      } else {
        out.append(coin() ? String.valueOf(c) : escape(c, 4));
      }
    }
    return out.charAt(0) == '%' ? "/" + out : out.toString();
  }

  private String slashes() {
    if (coin()) {
      return pick("/", "\\", "%2f", "%252F");
    }
    StringBuilder out = new StringBuilder();
    for (char c : pick(JUNK).toCharArray()) {
      out.append(random.nextInt(3) > 0 ? String.valueOf(c) : escape(c, 3));
    }
    return out.toString();
  }

  private String query(String query) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < query.length(); i++) {
      char c = query.charAt(i);
      boolean delimiter = i == 0 || "&=+;".indexOf(c) >= 0;
      if (c == '%') {
        out.append(escapedEscape(query, i));
        i += 2;
      } else {
        out.append(delimiter || coin() ? String.valueOf(c) : escape(c, 4));
      }
    }
    return out.toString();
  }

  /** A canonical {@code %HH} in lower case, or with its percent sign escaped again. */
  private String escapedEscape(String text, int at) {
    String digits = text.substring(at + 1, at + 3);
    String percent = pick("%", "%25", "%2525");
    return percent + (coin() ? digits.toLowerCase(Locale.ROOT) : digits);
  }

  /** The escape of a character, its own characters escaped again up to some depth. */
  private String escape(char c, int depth) {
    StringBuilder out = new StringBuilder();
    String digits = "%" + HEX.charAt(c >> 4) + HEX.charAt(c & 15);
    for (char e : (coin() ? digits : digits.toUpperCase(Locale.ROOT)).toCharArray()) {
      out.append(depth > 1 && random.nextInt(4) == 0 ? escape(e, depth - 1) : String.valueOf(e));
    }
    return out.toString();
  }

  /** Tabs and line ends anywhere. */
  private String sprinkle(String url) {
    StringBuilder out = new StringBuilder(url);
    for (int i = random.nextInt(3); i > 0; i--) {
      out.insert(random.nextInt(out.length() + 1), pick("\t", "\r", "\n"));
    }
    return out.toString();
  }

  private static String latin1(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  private boolean coin() {
    return random.nextBoolean();
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
