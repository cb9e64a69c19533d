package org.tidegate.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * The lines that a command is asked about: its arguments, or those of standard input where one is
 * {@code -} or there is none. Bytes as they came, without the line feed.
 */
final class InputLines {
  private static final int MAX_LINE = 64 << 20;
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream standard;
  private final Runnable beforeWaiting;
  private final Iterator<String> arguments;
  private final byte[] buffer = new byte[1 << 16];
  private InputStream in = InputStream.nullInputStream();
  private byte[] line = new byte[1 << 12];
  private int at;
  private int end;
  private int start;
  private boolean isFirst;

  /**
   * @param beforeWaiting called before input is waited for, so that answers are seen by then
   */
  InputLines(List<String> arguments, InputStream standard, Runnable beforeWaiting) {
    this.arguments = (arguments.isEmpty() ? List.of("-") : arguments).iterator();
    this.standard = standard;
    this.beforeWaiting = beforeWaiting;
  }

  /** The length of the next line, which is then in {@link #bytes}, or -1 at the end. */
  int next() throws IOException {
    while (at == end && !fill()) {
      if (!arguments.hasNext()) {
        return -1;
      }
      String argument = arguments.next();
      if (!argument.equals("-")) {
        line = argument.getBytes(UTF_8);
        start = 0;
        return line.length;
      }
      in = standard;
      isFirst = true;
    }
    int length = line();
    start = isFirst && hasMark(length) ? MARK.length : 0;
    isFirst = false;
    return length;
  }

  /** Where the line's text begins: behind the byte-order mark, on the first line of input. */
  int start() {
    return start;
  }

  private boolean hasMark(int length) {
    return length >= MARK.length && Arrays.equals(line, 0, MARK.length, MARK, 0, MARK.length);
  }

  /** The bytes of the line, from 0 to its length. */
  byte[] bytes() {
    return line;
  }

  private int line() throws IOException {
    int length = 0;
    do {
      int stop = at;
      while (stop < end && buffer[stop] != '\n') {
        stop++;
      }
      length = append(length, stop);
      at = stop;
      if (at < end) {
        at++;
        return length;
      }
    } while (fill());
    return length;
  }

  private int append(int length, int stop) throws IOException {
    int more = stop - at;
    if (length + more > MAX_LINE) {
      throw new IOException("line too long");
    }
    if (length + more > line.length) {
      line = Arrays.copyOf(line, Math.max(2 * line.length, length + more));
    }
    System.arraycopy(buffer, at, line, length, more);
    return length + more;
  }

  private boolean fill() throws IOException {
    if (in.available() == 0) {
      beforeWaiting.run();
    }
    at = 0;
    end = Math.max(0, in.read(buffer));
    return end > 0;
  }
}
