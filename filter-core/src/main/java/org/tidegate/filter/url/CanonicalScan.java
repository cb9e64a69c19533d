package org.tidegate.filter.url;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The hot path: recognises a URL that is canonical already, but for a lower-case scheme before it,
 * in one scan, eight bytes a step. It may miss one (IPv6 addresses, odd hosts), never accept
 * another; {@link UrlRewrite} is the slow and obvious version that tests compare it with.
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

  /** Where the host ends, or -1 unless it is plain labels or an address. */
  private static int hostEnd(byte[] url, int from, int to, UrlView into) {
    int label = from;
    long before = 0x80; // an empty label first is as bad as any
    for (int at = from; at <= to; at += 8) {
      long word = word(url, at, to, 0);
      long stop = ~hostBytes(word) & HIGH;
      long dots = equal(word, '.') & (Long.lowestOneBit(stop) - 1);
      if ((dots & (dots << 8 | before)) != 0) {
        return -1;
      }
      before = dots >>> 56;
      if (dots != 0) {
        label = at + (71 - Long.numberOfLeadingZeros(dots)) / 8;
      }
      if (stop != 0) {
        int end = at + Long.numberOfTrailingZeros(stop) / 8;
        into.address = label < end && isDigit(url[label]);
        boolean plain = label < end && (!into.address || Ipv4Text.isCanonical(url, from, end));
        return plain ? end : -1;
      }
    }
    return -1;
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

  /** Where the label that ends there begins, in a host that begins at {@code from}. */
  static int labelStart(byte[] bytes, int from, int end) {
    for (int at = end; at > from; at -= 8) {
      long dots = equal(wordBefore(bytes, from, at), '.');
      if (dots != 0) {
        return at - Long.numberOfLeadingZeros(dots) / 8;
      }
    }
    return from;
  }

  /** Eight bytes, the last one highest, those before the start replaced by zeros. */
  private static long wordBefore(byte[] bytes, int from, int end) {
    int count = end - from;
    if (count >= 8) {
      return (long) LONG.get(bytes, end - 8);
    }
    if (from + 8 <= bytes.length) {
      return (long) LONG.get(bytes, from) << 8 * (8 - count);
    }
    long word = 0;
    for (int i = from; i < end; i++) {
      word = word >>> 8 | (long) bytes[i] << 56;
    }
    return word;
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
    return (letters | (hyphenToNine & ~equal(word, '/')) | equal(word, '_')) & ~word & HIGH;
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
