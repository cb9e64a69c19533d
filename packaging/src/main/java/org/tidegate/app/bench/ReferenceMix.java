package org.tidegate.app.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.InputStream;

/**
 * The list and the traffic that the engine is measured with, from a fixed seed and under reserved
 * names: 70 % pages, 20 % prefixes and 10 % domains of some 50 bytes on average, 3.4 entries a
 * host, one host in ten with a hosting company; requests of some 64 bytes on average. Immutable.
 */
public final class ReferenceMix {
  private static final double ENTRIES_A_HOST = 3.4;
  private static final String[] WORDS = {
    "media", "img", "static", "news", "pages", "archive", "2026", "view", "item", "files", "user"
  };
  private static final String[] ENDS = {".html", ".jpg", ".php", "", ".png", ".htm"};
  private static final String[] QUERIES = {"", "", "?id=", "?v=2&page=", ""};

  private final int entries;
  private final int hosts;

  public ReferenceMix(int entries) {
    this.entries = entries;
    this.hosts = Math.max(1, (int) (entries / ENTRIES_A_HOST));
  }

  /** The list's text, in the native format. */
  public InputStream listText() {
    return new Lines(this);
  }

  /** One entry, from 0, as a line of the native format. */
  String entry(int index) {
    String host = listedHost(hostOf(index));
    int kind = (int) Long.remainderUnsigned(mix(index, 1), 10);
    String unique = Integer.toString(index, 36);
    if (kind == 0) {
      return index < hosts ? host : unique + "." + host;
    }
    String path = path(mix(index, 2)) + unique;
    return kind <= 2 ? host + path + "/" : host + path + end(mix(index, 3));
  }

  /** Requests for hosts that are not listed. */
  public Traffic unlisted(int requests) {
    return Traffic.of(requests, this::unlistedUrl);
  }

  /**
   * Requests of which one in ten goes to a listed host, and at least a third of those is blocked.
   */
  public Traffic listed10(int requests) {
    return Traffic.of(
        requests,
        i -> {
          if (i % 10 != 7) {
            return unlistedUrl(i);
          }
          return i % 30 == 7 ? blockedUrl(i) : listedHostUrl(i);
        });
  }

  /** Requests for what is listed. */
  public Traffic blocked(int requests) {
    return Traffic.of(requests, this::blockedUrl);
  }

  private String blockedUrl(int i) {
    int index = (int) Long.remainderUnsigned(mix(i, 4), entries);
    String entry = entry(index);
    if (entry.indexOf('/') < 0) {
      return "http://" + entry + path(mix(i, 5));
    }
    return "http://" + entry + (entry.endsWith("/") ? "more" + end(mix(i, 6)) : "");
  }

  private String listedHostUrl(int i) {
    int index = (int) Long.remainderUnsigned(mix(i, 7), entries);
    return "http://" + listedHost(hostOf(index)) + path(mix(i, 8)) + end(mix(i, 9));
  }

  private String unlistedUrl(int i) {
    long query = mix(i, 13);
    String name = host(mix(i, 10) | 1L << 40, mix(i, 11));
    String tail = QUERIES[(int) Long.remainderUnsigned(query, QUERIES.length)];
    String value = tail.isEmpty() ? "" : tail + (query >>> 54);
    return (i % 3 == 0 ? "http://" : "https://") + name + path(mix(i, 12)) + end(query) + value;
  }

  /** The first entries each have a host of their own; the others prefer hosts at the front. */
  private int hostOf(int index) {
    if (index < hosts) {
      return index;
    }
    double share = (mix(index, 14) >>> 11) * 0x1p-53;
    return (int) (hosts * share * share);
  }

  private static String listedHost(int host) {
    return host(host, mix(host, 15));
  }

  private static String host(long number, long shape) {
    String name = letters(mix(number, 16), 7 + (int) (shape >>> 60)) + (number & 0xFFFFFFF);
    int kind = (int) Long.remainderUnsigned(shape, 20);
    if (kind < 2) {
      return name + ".hosting" + (shape >>> 32) % 20 + ".example";
    }
    String domain = name + (kind % 2 == 0 ? ".test" : ".example");
    return kind < 11 ? "www." + domain : kind < 13 ? "cdn" + kind + "." + domain : domain;
  }

  private static String path(long seed) {
    StringBuilder path = new StringBuilder();
    long rest = seed;
    for (int segments = 1 + (int) (seed >>> 62); segments > 1; segments--) {
      path.append('/').append(WORDS[(int) Long.remainderUnsigned(rest, WORDS.length)]);
      rest >>>= 5;
    }
    return path.append('/').append(letters(seed, 4 + (int) (seed >>> 58 & 7))).toString();
  }

  private static String end(long seed) {
    return ENDS[(int) Long.remainderUnsigned(seed, ENDS.length)];
  }

  private static String letters(long seed, int count) {
    byte[] letters = new byte[count];
    long rest = seed;
    for (int i = 0; i < count; i++) {
      letters[i] = (byte) ('a' + Long.remainderUnsigned(rest, 26));
      rest = Long.divideUnsigned(rest, 26) ^ (seed << i);
    }
    return new String(letters, US_ASCII);
  }

  /** SplitMix64's finaliser: the same number from the same index and purpose. */
  private static long mix(long index, int purpose) {
    long z = index * 0x9E3779B97F4A7C15L + purpose * 0xD1B54A32D192ED03L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  /** All entries as lines, made as they are read. */
  private static final class Lines extends InputStream {
    private final ReferenceMix mix;
    private byte[] line = {};
    private int at;
    private int next;

    Lines(ReferenceMix mix) {
      this.mix = mix;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      int count = 0;
      while (count < length && (at < line.length || nextLine())) {
        int step = Math.min(length - count, line.length - at);
        System.arraycopy(line, at, into, offset + count, step);
        at += step;
        count += step;
      }
      return count == 0 && length > 0 ? -1 : count;
    }

    private boolean nextLine() {
      if (next == mix.entries) {
        return false;
      }
      line = (mix.entry(next++) + "\n").getBytes(US_ASCII);
      at = 0;
      return true;
    }
  }
}
