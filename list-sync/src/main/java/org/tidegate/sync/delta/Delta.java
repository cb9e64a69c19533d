package org.tidegate.sync.delta;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdDictContentType;
import com.github.luben.zstd.ZstdException;
import org.tidegate.filter.index.PatchForm;

/**
 * Patches between editions. Keys are as good as random, so that zstd's own settings find little: it
 * has to be able to look up nearly every place of the edition before, of which a match is six bytes
 * long or longer.
 */
public final class Delta {
  /** The version of what a patch is made of; what has another one is not for us. */
  public static final int FORMAT = 1;

  private static final int GREEDY = 3;
  private static final int SHORTEST_MATCH = 6;
  private static final int LARGEST_TABLE_BITS = 27;
  private static final int SMALLEST_BITS = 10;
  private static final int LARGEST_WINDOW_BITS = 31;

  private Delta() {}

  /**
   * Makes a patch.
   *
   * @param before the edition before; used up: it is something else afterwards
   * @param list not to be changed by others meanwhile; the same afterwards
   */
  public static byte[] make(byte[] before, byte[] list) throws DeltaException {
    PatchForm.make(before);
    PatchForm.make(list);
    try (ZstdCompressCtx zstd = new ZstdCompressCtx()) {
      int table = Math.min(LARGEST_TABLE_BITS, bits(before.length));
      zstd.setStrategy(GREEDY)
          .setMinMatch(SHORTEST_MATCH)
          .setSearchLog(1)
          .setHashLog(table)
          .setChainLog(table)
          .setWindowLog(Math.min(LARGEST_WINDOW_BITS, bits((long) before.length + list.length)))
          .setContentSize(true);
      zstd.loadDict(before, ZstdDictContentType.RAW_CONTENT);
      return zstd.compress(list);
    } catch (ZstdException e) {
      throw new DeltaException("too little memory to make a patch");
    } finally {
      PatchForm.undo(list);
    }
  }

  private static int bits(long length) {
    return Math.max(SMALLEST_BITS, Long.SIZE - Long.numberOfLeadingZeros(length - 1));
  }

  /**
   * Applies a patch.
   *
   * @param before the edition before; used up: it is something else afterwards
   * @param length of what comes out: no more memory is taken, whatever the patch says
   * @return bytes of that length, of which nothing is known yet
   */
  public static byte[] apply(byte[] before, byte[] patch, int length) throws DeltaException {
    // What the patch says of itself costs nothing to compare, and is not relied upon.
    if (patch.length == 0 || Zstd.getFrameContentSize(patch) != length) {
      throw new DeltaException("another length than stated");
    }
    PatchForm.make(before);
    byte[] list = new byte[length];
    try (ZstdDecompressCtx zstd = new ZstdDecompressCtx()) {
      zstd.loadDict(before, ZstdDictContentType.RAW_CONTENT);
      if (zstd.decompress(list, patch) != length) {
        throw new DeltaException("another length than stated");
      }
    } catch (ZstdException e) {
      throw new DeltaException("no patch of this edition");
    }
    PatchForm.undo(list);
    return list;
  }
}
