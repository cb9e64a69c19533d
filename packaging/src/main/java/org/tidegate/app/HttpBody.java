package org.tidegate.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads the body that follows a head: of stated length, chunked, or none. */
final class HttpBody {
  /** More than the demo's own pages have; what a client uploads is not kept. */
  private static final int KEPT = 256 * 1024;

  private HttpBody() {}

  /**
   * Reads a body to its end and returns its beginning.
   *
   * @param unstated how many bytes there are at most where the head does not say: 0, or all up to
   *     the connection's end
   */
  static byte[] read(HttpHead head, InputStream in, long unstated) throws IOException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    if (head.has("transfer-encoding", "chunked")) {
      for (long size = chunkSize(in); size > 0; size = chunkSize(in)) {
        copy(in, size, kept);
        line(in);
      }
      while (!line(in).isEmpty()) {
        continue;
      }
    } else {
      copy(in, head.field("content-length").map(Long::parseLong).orElse(unstated), kept);
    }
    return kept.toByteArray();
  }

  private static void copy(InputStream in, long length, ByteArrayOutputStream kept)
      throws IOException {
    byte[] buffer = new byte[16 * 1024];
    for (long left = length; left > 0; ) {
      int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        return;
      }
      kept.write(buffer, 0, Math.min(read, KEPT - kept.size()));
      left -= read;
    }
  }

  private static long chunkSize(InputStream in) throws IOException {
    try {
      return Long.parseLong(line(in).split(";", 2)[0].trim(), 16);
    } catch (NumberFormatException e) {
      throw new IOException("bad chunk", e);
    }
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0 || line.size() == KEPT) {
        throw new IOException("line without an end");
      }
      line.write(b);
    }
    return line.toString(ISO_8859_1).trim();
  }
}
