package org.tidegate.filter.list;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Cuts a stream into lines at LF, CR LF or CR; takes off a byte-order mark, bounds a line. */
final class ListLines {
  static final int MAX_LINE = 64 * 1024;

  private final InputStream in;
  private final byte[] buffer = new byte[8192];
  private byte[] line = new byte[512];
  private int at;
  private int end;
  private int number;
  private boolean afterReturn;

  ListLines(InputStream in) {
    this.in = in;
  }

  /** Gives every line to the reader and returns how many there were. */
  int read(ListReader reader, ListSink sink) throws IOException {
    for (int length = next(); length >= 0; length = next()) {
      if (length > MAX_LINE) {
        sink.refused(number, RefusalReason.TOO_LONG);
      } else {
        reader.line(new RawLine(number, text(length)), sink);
      }
    }
    reader.end(sink);
    return number;
  }

  private String text(int length) {
    boolean marked =
        number == 1
            && length >= 3
            && line[0] == (byte) 0xEF
            && line[1] == (byte) 0xBB
            && line[2] == (byte) 0xBF;
    int from = marked ? 3 : 0;
    return new String(line, from, length - from, StandardCharsets.ISO_8859_1);
  }

  /**
   * Puts the next line into {@link #line}; answers its length, more than {@link #MAX_LINE} for one
   * that did not fit, -1 at the end.
   */
  private int next() throws IOException {
    if (isAtEnd()) {
      return -1;
    }
    number++;
    int length = 0;
    do {
      int stop = at;
      while (stop < end && buffer[stop] != '\n' && buffer[stop] != '\r') {
        stop++;
      }
      length = append(length, stop);
      at = stop;
      if (at < end) {
        afterReturn = buffer[at++] == '\r';
        return length;
      }
    } while (fill());
    return length;
  }

  /** Whether no line is left, once the LF of a CR LF is passed over. */
  private boolean isAtEnd() throws IOException {
    if (at == end && !fill()) {
      return true;
    }
    if (afterReturn && buffer[at] == '\n') {
      at++;
    }
    afterReturn = false;
    return at == end && !fill();
  }

  private int append(int length, int stop) {
    int more = stop - at;
    if (length + more > MAX_LINE) {
      return MAX_LINE + 1;
    }
    if (length + more > line.length) {
      line = Arrays.copyOf(line, Math.max(2 * line.length, length + more));
    }
    System.arraycopy(buffer, at, line, length, more);
    return length + more;
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, in.read(buffer));
    return end > 0;
  }
}
