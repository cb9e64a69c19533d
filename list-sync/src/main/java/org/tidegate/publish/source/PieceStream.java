package org.tidegate.publish.source;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A stream that is made piece by piece, as it is read. */
abstract class PieceStream extends BlockStream {
  private byte[] piece = {};
  private int at;

  /** What comes next, or null at the end. */
  abstract byte @Nullable [] next() throws IOException;

  @Override
  public final int read(byte[] bytes, int from, int length) throws IOException {
    while (at == piece.length) {
      byte[] next = next();
      if (next == null) {
        return -1;
      }
      piece = next;
      at = 0;
    }
    int n = Math.min(length, piece.length - at);
    System.arraycopy(piece, at, bytes, from, n);
    at += n;
    return n;
  }
}
