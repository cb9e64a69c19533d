package org.tidegate.filter.url;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The hot path: recognises a URL that is canonical already, but for a lower-case scheme before it,
 * in one scan, eight bytes a step. It may miss one (IPv6 addresses, hosts beyond 63 bytes), but
 * never accepts another; {@link UrlRewrite} is the slow and obvious version that tests compare it
 * with.
 *
 * <p>The scan has two halves. Whatever path and query hold, they make no URL invalid and change
 * nothing before them; so a host that ends plainly is the canonical host, and the rest need not be
 * looked at unless something may be listed there.
 *
 * <p>Bytes are compared eight at once in a {@code long} (Warren, "Hacker's Delight", §6.1): a mask
 * has the highest bit of each byte that is meant. A word with anything out of the ordinary in it is
 * looked at once more, byte by byte.
 */
final class CanonicalScan {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;
  private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;
  private static final long HTTP = 0x2F2F3A70747468L;
  private static final long HTTPS = 0x2F2F3A7370747468L;
  private static final long SEVEN_BYTES = -1L >>> 8;

  private CanonicalScan() {}

  /**
   * Puts host and port into the view if they are recognised; else leaves it in any state. The rest
   * of the URL begins with a slash, question mark or number sign, or is empty.
   */
  static boolean host(byte[] url, int from, int to, UrlView into) {
    int start = afterScheme(url, from, to);
    int hostEnd = hostEnd(url, start, to, into);
    if (hostEnd < 0) {
      return false;
    }
    int port = CanonicalUrl.DEFAULT_PORT;
    int rest = hostEnd;
    if (hostEnd < to && url[hostEnd] == ':') {
      rest = digitsEnd(url, hostEnd + 1, Math.min(to, hostEnd + 6));
      port = port(url, hostEnd + 1, rest);
    }
    if (port < CanonicalUrl.DEFAULT_PORT || (rest < to && !endsAuthority(url[rest]))) {
      return false;
    }
    into.set(url, start, hostEnd, port, rest, UrlView.UNREAD, to);
    return true;
  }

  /** Where the path ends if path and query are recognised, or -1. */
  static int path(byte[] url, int from, int to) {
    if (from == to || url[from] != '/') {
      return -1;
    }
    int end = pathEnd(url, from, to);
    return end == to || (end >= 0 && isQuery(url, end + 1, to)) ? end : -1;
  }

  /** Where the dots are in the first 64 bytes of a host that begins the array, one bit a byte. */
  static long dots(byte[] host, int end) {
    long dots = 0;
    for (int at = 0; at < Math.min(end, Long.SIZE); at += 8) {
      dots |= bits(equal(word(host, at, end, 0), '.')) << at;
    }
    return dots;
  }

  private static boolean endsAuthority(byte b) {
    return b == '/' || b == '?' || b == '#';
  }

  private static int afterScheme(byte[] url, int from, int to) {
    if (to - from < 8) {
      return from;
    }
    long word = (long) LONG.get(url, from);
    if ((word & SEVEN_BYTES) == HTTP) {
      return from + 7;
    }
    return word == HTTPS ? from + 8 : from;
  }

  /**
   * Where the host ends, or -1 unless it is plain labels or an address; notes its dots in the view.
   */
  private static int hostEnd(byte[] url, int from, int to, UrlView into) {
    long dots = 0;
    for (int at = from; at < from + Long.SIZE; at += 8) {
      long word = word(url, at, to, 0);
      long stop = ~hostBytes(word) & HIGH;
      dots |= bits(equal(word, '.') & Long.lowestOneBit(stop) - 1) << at - from;
      if (stop != 0) {
        int end = at + Long.numberOfTrailingZeros(stop) / 8;
        return isHost(url, from, end, dots, into) ? end : -1;
      }
    }
    return -1;
  }

  private static boolean isHost(byte[] url, int from, int end, long dots, UrlView into) {
    int label = from + Long.SIZE - Long.numberOfLeadingZeros(dots);
    if ((dots & (dots << 1 | 1)) != 0 || label == end) {
      return false; // an empty label
    }
    into.dots = dots;
    into.address = isDigit(url[label]);
    return !into.address || Ipv4Text.isCanonical(url, from, end);
  }

  private static int digitsEnd(byte[] url, int from, int to) {
    int i = from;
    while (i < to && isDigit(url[i])) {
      i++;
    }
    return i;
  }

  /** A port as the canonical form writes it, or less than any. */
  private static int port(byte[] url, int from, int to) {
    int port = 0;
    for (int i = from; i < to; i++) {
      port = port * 10 + url[i] - '0';
    }
    boolean odd = from == to || (url[from] == '0' && to - from > 1) || port > 65535;
    return odd || port == 80 || port == 443 ? Integer.MIN_VALUE : port;
  }

  /** Where the path ends, or -1 if it isn't canonical. */
  private static int pathEnd(byte[] url, int from, int to) {
    long before = 0;
    for (int at = from; at < to; at += 8) {
      long word = word(url, at, to, 'a');
      long slashes = equal(word, '/');
      long dotOrSlash = equal(word | ONES, '/');
      long odd =
          unprintable(word)
              | mightEqual(word, '#')
              | mightEqual(word, '%')
              | mightEqual(word, '?')
              | mightEqual(word, '\\')
              | (dotOrSlash & (slashes << 8 | before));
      before = slashes >>> 56;
      if ((odd & HIGH) != 0) {
        int end = OddBytes.pathEnd(url, from, at, to);
        if (end != OddBytes.PLAIN) {
          return end;
        }
      }
    }
    return to;
  }

  private static boolean isQuery(byte[] url, int from, int to) {
    for (int at = from; at < to; at += 8) {
      long word = word(url, at, to, 'a');
      long odd = unprintable(word) | mightEqual(word, '#') | mightEqual(word, '%');
      if ((odd & HIGH) != 0 && !OddBytes.isQuery(url, at, to)) {
        return false;
      }
    }
    return true;
  }

  /** Eight bytes, those behind the end replaced by a filler. */
  private static long word(byte[] url, int at, int to, int filler) {
    int count = to - at;
    if (count >= 8) {
      return (long) LONG.get(url, at);
    }
    if (count == 0) {
      return filler * ONES;
    }
    long fill = filler * ONES << 8 * count;
    if (to >= 8) {
      return (long) LONG.get(url, to - 8) >>> 8 * (8 - count) | fill;
    }
    long word = fill;
    for (int i = 0; i < count; i++) {
      word |= (url[at + i] & 0xFFL) << 8 * i;
    }
    return word;
  }

  /** Marks {@code [a-z0-9._-]}. */
  private static long hostBytes(long word) {
    long low = word & LOW_BITS;
    long letters = low + (0x80 - 'a') * ONES & ~(low + (0x7F - 'z') * ONES);
    long hyphenToNine = low + (0x80 - '-') * ONES & ~(low + (0x7F - '9') * ONES);
    long notSlash = (low ^ '/' * ONES) + LOW_BITS;
    long notUnderscore = (low ^ '_' * ONES) + LOW_BITS;
    return (letters | (hyphenToNine & notSlash) | ~notUnderscore) & ~word & HIGH;
  }

  /** One bit a byte, of a mask. */
  private static long bits(long mask) {
    return (mask >>> 7) * 0x0102040810204080L >>> 56;
  }

  /** Marks exactly the bytes with that value, which is below 0x80. */
  private static long equal(long word, int value) {
    long other = word ^ value * ONES;
    return ~((other & LOW_BITS) + LOW_BITS | other) & HIGH;
  }

  /** Marks the bytes with that value, and above such a byte perhaps others. */
  private static long mightEqual(long word, int value) {
    long other = word ^ value * ONES;
    return other - ONES & ~other;
  }

  /** Marks bytes up to 0x20 and from 0x7F, and above such a byte perhaps others. */
  private static long unprintable(long word) {
    return word - 0x21 * ONES | word + ONES | word;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
