package org.tidegate.filter.index;

/**
 * Which of up to 32 lists may name a host: a Bloom filter with one bit a list in the place of one
 * bit, so that one question is answered for all of them. The three words of a key lie in one block
 * of 64 bytes, and there are eight keys a block. So a list that holds a sixteenth of the keys is
 * asked in vain for 3 foreign hosts in 1,000 (half a key a block, (3/16)³), and one that holds
 * nearly all for every second one. Hot path.
 */
final class HostMasks {
  private static final int WORDS_A_KEY = 2;
  private static final int BLOCK = 16;

  private final int[] words;
  private final int blocks;

  HostMasks(int keys) {
    blocks = keys / (BLOCK / WORDS_A_KEY) + 1;
    words = new int[BLOCK * blocks];
  }

  void put(long key, int lists) {
    int block = block(key);
    words[block + first(key)] |= lists;
    words[block + second(key)] |= lists;
    words[block + third(key)] |= lists;
  }

  /** The lists that may name that host: none that does is left out. */
  int lists(long key) {
    int block = block(key);
    return words[block + first(key)] & words[block + second(key)] & words[block + third(key)];
  }

  /** The block from the key's upper half, the words in it from the lower: independent. */
  private int block(long key) {
    return BLOCK * (int) (((key >>> 32) * blocks) >>> 32);
  }

  private static int first(long key) {
    return (int) key & BLOCK - 1;
  }

  private static int second(long key) {
    return (int) (key >>> 4) & BLOCK - 1;
  }

  private static int third(long key) {
    return (int) (key >>> 8) & BLOCK - 1;
  }
}
