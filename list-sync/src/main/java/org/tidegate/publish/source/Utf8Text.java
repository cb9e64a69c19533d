package org.tidegate.publish.source;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Text that was saved as UTF-16 or UTF-32, as some systems' editors and shells do, in UTF-8. It is
 * told by its byte-order mark, or by the zeros among its first four bytes; all other text stays as
 * it is, UTF-8 or not.
 */
final class Utf8Text extends PieceStream {
  private static final Charset UTF_32BE = Charset.forName("UTF-32BE");
  private static final Charset UTF_32LE = Charset.forName("UTF-32LE");

  private static final char BYTE_ORDER_MARK = 0xFEFF;

  private final Reader reader;
  private final char[] chars = new char[1 << 13];
  private boolean begun;

  private Utf8Text(InputStream in, Charset charset) {
    this.reader = new InputStreamReader(in, charset);
  }

  /** The same text in UTF-8. */
  static InputStream of(BufferedInputStream in) throws IOException {
    in.mark(4);
    byte[] start = in.readNBytes(4);
    in.reset();
    return charset(start).<InputStream>map(charset -> new Utf8Text(in, charset)).orElse(in);
  }

  private static Optional<Charset> charset(byte[] start) {
    if (start.length < 4) {
      return Optional.empty();
    }
    int first = ByteBuffer.wrap(start).getInt();
    if (first == 0x0000_FEFF || isAscii(first)) {
      return Optional.of(UTF_32BE);
    }
    if (first == 0xFFFE_0000 || isAscii(Integer.reverseBytes(first))) {
      return Optional.of(UTF_32LE);
    }
    int one = first >>> 16;
    int two = first & 0xFFFF;
    if (one == 0xFEFF || (isAscii(one) && isAscii(two))) {
      return Optional.of(UTF_16BE);
    }
    boolean swapped = isAscii(Integer.reverseBytes(one) >>> 16);
    return one == 0xFFFE || (swapped && isAscii(Integer.reverseBytes(two) >>> 16))
        ? Optional.of(UTF_16LE)
        : Optional.empty();
  }

  private static boolean isAscii(int c) {
    return c > 0 && c < 0x80;
  }

  @Override
  byte @Nullable [] next() throws IOException {
    int n = reader.read(chars, 0, chars.length - 1);
    if (n < 0) {
      return null;
    }
    if (Character.isHighSurrogate(chars[n - 1])) {
      n += Math.max(0, reader.read(chars, n, 1));
    }
    int from = !begun && chars[0] == BYTE_ORDER_MARK ? 1 : 0;
    begun = true;
    return new String(chars, from, n - from).getBytes(UTF_8);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
