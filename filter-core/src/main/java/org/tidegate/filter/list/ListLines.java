package org.tidegate.filter.list;

import java.io.IOException;
import java.io.InputStream;

/** Cuts a stream into lines at LF, CR LF or CR; takes off what nobody sees, bounds a line. */
final class ListLines {
  static final int MAX_LINE = 64 * 1024;

  private final InputStream in;

  /** Holds the longest line, and what came behind it. */
  private final byte[] buffer = new byte[4 * MAX_LINE];

  private int at;
  private int end;
  private int lineFrom;
  private int lineTo;
  private int number;
  private boolean tooLong;
  private boolean afterReturn;

  ListLines(InputStream in) {
    this.in = in;
  }

  /** Gives every line to the reader and returns how many there were. */
  int read(ListReader reader, ListSink sink) throws IOException {
    while (next()) {
      if (tooLong) {
        sink.refused(number, RefusalReason.TOO_LONG);
      } else {
        int from = UnseenEdges.start(buffer, lineFrom, lineTo);
        int to = UnseenEdges.end(buffer, from, lineTo);
        reader.line(new RawLine(number, buffer, from, to), sink);
      }
    }
    reader.end(sink);
    return number;
  }

  /** Finds the next line; false at the end. */
  private boolean next() throws IOException {
    if (isAtEnd()) {
      return false;
    }
    number++;
    tooLong = false;
    lineFrom = at;
    int stop = ByteSearch.lineEnd(buffer, at, end);
    while (stop == end) {
      boolean isLast = !more();
      stop = ByteSearch.lineEnd(buffer, at, end); // what there was of the line has moved
      if (isLast) {
        break;
      }
    }
    lineTo = stop;
    tooLong |= lineTo - lineFrom > MAX_LINE;
    at = stop;
    if (at < end) {
      afterReturn = buffer[at++] == '\r';
    }
    return true;
  }

  /** Reads on behind a line that is not complete, from {@link #at}; false at the end. */
  private boolean more() throws IOException {
    int length = end - lineFrom;
    if (length > MAX_LINE) {
      tooLong = true; // and what there is of it is no longer needed
      length = 0;
    }
    System.arraycopy(buffer, lineFrom, buffer, 0, length);
    lineFrom = 0;
    at = length;
    end = length;
    return fill();
  }

  /** Whether no line is left, once the LF of a CR LF is passed over. */
  private boolean isAtEnd() throws IOException {
    if (at == end && !refill()) {
      return true;
    }
    if (afterReturn && buffer[at] == '\n') {
      at++;
    }
    afterReturn = false;
    return at == end && !refill();
  }

  private boolean refill() throws IOException {
    at = 0;
    end = 0;
    return fill();
  }

  private boolean fill() throws IOException {
    int count = Math.max(0, in.read(buffer, end, buffer.length - end));
    end += count;
    return count > 0;
  }
}
