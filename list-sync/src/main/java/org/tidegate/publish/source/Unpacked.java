package org.tidegate.publish.source;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The text inside gzip, zstd or zip, told by its first bytes; what is none of them is text.
 * Unpacked as it is read, never as a whole, and in UTF-8.
 */
public final class Unpacked {
  private static final byte[] GZIP = {0x1F, (byte) 0x8B};
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] ZSTD = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};
  private static final int BUFFER = 1 << 16;

  /** Frames with a larger window would take more memory than a list is worth: 128 MiB. */
  private static final int MAX_WINDOW_LOG = 27;

  private Unpacked() {}

  /** The text in it; a zip archive's members follow each other. */
  public static InputStream of(InputStream packed, Limits limits) throws IOException {
    BufferedInputStream in =
        new BufferedInputStream(
            new BoundedStream(packed, limits.packed(), "bytes as they come"), BUFFER);
    in.mark(4);
    byte[] start = in.readNBytes(4);
    in.reset();
    InputStream text = unpack(in, start, limits);
    return Utf8Text.of(
        text == in
            ? in
            : new BufferedInputStream(
                new BoundedStream(new Telling(text), limits.unpacked(), "bytes of text"), BUFFER));
  }

  private static InputStream unpack(InputStream in, byte[] start, Limits limits)
      throws IOException {
    if (startsWith(start, GZIP)) {
      return new GzipMembers(in, BUFFER);
    }
    if (startsWith(start, ZIP)) {
      return new ZipMembers(in, limits.members());
    }
    if (startsWith(start, ZSTD)) {
      ZstdInputStreamNoFinalizer zstd = new ZstdInputStreamNoFinalizer(in);
      zstd.setLongMax(MAX_WINDOW_LOG);
      return zstd;
    }
    return in;
  }

  private static boolean startsWith(byte[] bytes, byte[] start) {
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }

  static SourceException damaged() {
    return new SourceException("the packed list is damaged");
  }

  /** Libraries tell of damage in many ways, some of which quote what they have read. */
  private static final class Telling extends BlockStream {
    private final InputStream in;

    Telling(InputStream in) {
      this.in = in;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      try {
        return in.read(bytes, from, length);
      } catch (SourceException e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        throw damaged();
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
