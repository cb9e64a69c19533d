package org.tidegate.proxy.http;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/** Writes slices of a body, each a chunk of its own where the framing asks for it. */
public final class Chunks {
  private static final int LINE = 16;

  private Chunks() {}

  /** Writes one slice, which must not be empty; the slice is handed on. */
  public static void write(Consumer<ByteBuf> out, ByteBuf slice, boolean chunked) {
    if (!chunked) {
      out.accept(slice);
      return;
    }
    ByteBuf line = slice.alloc().buffer(LINE);
    HeadWriter.writeChunkSize(slice.readableBytes(), line);
    ByteBuf end = slice.alloc().buffer(2);
    HeadWriter.writeCrLf(end);
    out.accept(line);
    out.accept(slice);
    out.accept(end);
  }
}
