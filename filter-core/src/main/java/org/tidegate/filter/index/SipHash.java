package org.tidegate.filter.index;

/**
 * SipHash-2-4 (Aumasson and Bernstein, 2012) of a message that grows: whole words are taken in, and
 * at any point the hash of what has come so far, with up to seven bytes more and a last byte, the
 * tag, can be had without disturbing the state. So one pass over a host gives the keys of all its
 * suffixes. Reusable, for one thread; hot path.
 */
final class SipHash {
  private static final int COMPRESSION_ROUNDS = 2;
  private static final int FINAL_ROUNDS = 4;
  private static final int ALL_ROUNDS = COMPRESSION_ROUNDS + FINAL_ROUNDS;

  private long v0;
  private long v1;
  private long v2;
  private long v3;

  SipHash(ListKey key) {
    this(key.k0, key.k1);
  }

  SipHash(long k0, long k1) {
    v0 = k0 ^ 0x736f6d6570736575L;
    v1 = k1 ^ 0x646f72616e646f6dL;
    v2 = k0 ^ 0x6c7967656e657261L;
    v3 = k1 ^ 0x7465646279746573L;
  }

  /** Goes on from where the other is. */
  void set(SipHash other) {
    v0 = other.v0;
    v1 = other.v1;
    v2 = other.v2;
    v3 = other.v3;
  }

  void word(long word) {
    long a = v0;
    long b = v1;
    long c = v2;
    long d = v3 ^ word;
    for (int round = 0; round < COMPRESSION_ROUNDS; round++) {
      a += b;
      c += d;
      b = Long.rotateLeft(b, 13) ^ a;
      d = Long.rotateLeft(d, 16) ^ c;
      a = Long.rotateLeft(a, 32);
      c += b;
      a += d;
      b = Long.rotateLeft(b, 17) ^ c;
      d = Long.rotateLeft(d, 21) ^ a;
      c = Long.rotateLeft(c, 32);
    }
    v0 = a ^ word;
    v1 = b;
    v2 = c;
    v3 = d;
  }

  /**
   * The hash of the words so far, {@code count} bytes (0 to 7) of {@code rest} and the tag.
   *
   * @param length of the whole message, the tag included
   */
  long finish(long rest, int count, int tag, int length) {
    long word = rest | (long) tag << 8 * count;
    if (count == 7) {
      return finishAfter(word, (long) length << 56);
    }
    return last(word | (long) length << 56);
  }

  /** One word more before the last; the state stays. */
  private long finishAfter(long word, long last) {
    final long s0 = v0;
    final long s1 = v1;
    final long s2 = v2;
    final long s3 = v3;
    word(word);
    final long hash = last(last);
    v0 = s0;
    v1 = s1;
    v2 = s2;
    v3 = s3;
    return hash;
  }

  /**
   * The hash of what has come so far, {@code count} bytes before {@code end}, the last one first,
   * and the tag. It gives what {@link #word} and {@link #finish} give, in one go.
   *
   * @param length of the whole message, the tag included
   */
  long finishReversed(byte[] bytes, int end, int count, int tag, int length) {
    long a = v0;
    long b = v1;
    long c = v2;
    long d = v3;
    int last = (count + 1) / 8;
    for (int i = 0; i <= last; i++) {
      long word = wordReversed(bytes, end - 8 * i, count - 8 * i, tag);
      word |= i == last ? (long) length << 56 : 0;
      d ^= word;
      for (int round = 0; round < COMPRESSION_ROUNDS; round++) {
        a += b;
        c += d;
        b = Long.rotateLeft(b, 13) ^ a;
        d = Long.rotateLeft(d, 16) ^ c;
        a = Long.rotateLeft(a, 32);
        c += b;
        a += d;
        b = Long.rotateLeft(b, 17) ^ c;
        d = Long.rotateLeft(d, 21) ^ a;
        c = Long.rotateLeft(c, 32);
      }
      a ^= word;
    }
    c ^= 0xFF;
    for (int round = 0; round < FINAL_ROUNDS; round++) {
      a += b;
      c += d;
      b = Long.rotateLeft(b, 13) ^ a;
      d = Long.rotateLeft(d, 16) ^ c;
      a = Long.rotateLeft(a, 32);
      c += b;
      a += d;
      b = Long.rotateLeft(b, 17) ^ c;
      d = Long.rotateLeft(d, 21) ^ a;
      c = Long.rotateLeft(c, 32);
    }
    return a ^ b ^ c ^ d;
  }

  private static long wordReversed(byte[] bytes, int end, int left, int tag) {
    if (left >= 8) {
      return LittleEndian.getLongReversed(bytes, end);
    }
    return left < 0 ? 0 : LittleEndian.restReversed(bytes, end, left) | (long) tag << 8 * left;
  }

  private long last(long word) {
    long a = v0;
    long b = v1;
    long c = v2;
    long d = v3 ^ word;
    for (int round = 0; round < ALL_ROUNDS; round++) {
      if (round == COMPRESSION_ROUNDS) {
        a ^= word;
        c ^= 0xFF;
      }
      a += b;
      c += d;
      b = Long.rotateLeft(b, 13) ^ a;
      d = Long.rotateLeft(d, 16) ^ c;
      a = Long.rotateLeft(a, 32);
      c += b;
      a += d;
      b = Long.rotateLeft(b, 17) ^ c;
      d = Long.rotateLeft(d, 21) ^ a;
      c = Long.rotateLeft(c, 32);
    }
    return a ^ b ^ c ^ d;
  }
}
