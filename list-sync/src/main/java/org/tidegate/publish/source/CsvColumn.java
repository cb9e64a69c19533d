package org.tidegate.publish.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * One column of a CSV file (RFC 4180), one line for each record, so that line numbers are record
 * numbers. The first record names the columns, unless the column is given by its number.
 */
public final class CsvColumn extends BlockStream {
  private static final int MAX_RECORD = 1 << 20;
  private static final int BYTE_ORDER_MARK = 0xEFBBBF;

  private final PushbackInputStream in;
  private final int delimiter;
  private final String name;
  private final IntConsumer without;
  private int column;
  private int records;
  private byte[] line = {};
  private int at;

  private CsvColumn(InputStream in, String name, int column, char delimiter, IntConsumer without) {
    this.in = new PushbackInputStream(in, 3);
    this.name = name;
    this.column = column;
    this.delimiter = delimiter;
    this.without = without;
  }

  /**
   * The values of that column.
   *
   * @param column its name in the first record, or its number, from 1 on, where no record names any
   * @param without is told the number of a record that has no such column, nor is a blank line
   */
  public static InputStream of(
      InputStream csv, String column, char delimiter, IntConsumer without) {
    boolean isNumber = column.matches("[1-9][0-9]{0,3}");
    int number = isNumber ? Integer.parseInt(column) - 1 : -1;
    return new CsvColumn(csv, column, number, delimiter, without);
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (at == line.length && !next()) {
      return -1;
    }
    int n = Math.min(length, line.length - at);
    System.arraycopy(line, at, bytes, from, n);
    at += n;
    return n;
  }

  private boolean next() throws IOException {
    boolean isFirst = line.length == 0;
    if (isFirst) {
      skipByteOrderMark();
    }
    List<String> record = record();
    if (record.isEmpty()) {
      return false;
    }
    records++;
    String value = "";
    if (column < 0) {
      column = find(record);
    } else if (column < record.size()) {
      value = record.get(column);
    } else if (record.size() > 1 || !record.get(0).isBlank()) {
      without.accept(records);
    }
    // A value must stay one line: with a line end in it, it is no entry of any format.
    line = (value.replaceAll("[\r\n]", " ") + "\n").getBytes(ISO_8859_1);
    at = 0;
    return true;
  }

  private int find(List<String> names) throws SourceException {
    String wanted = new String(name.getBytes(UTF_8), ISO_8859_1);
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).strip().equalsIgnoreCase(wanted)) {
        return i;
      }
    }
    throw new SourceException("the CSV's first record has no such column");
  }

  private void skipByteOrderMark() throws IOException {
    byte[] start = in.readNBytes(3);
    boolean isMark =
        start.length == 3
            && ((start[0] & 0xFF) << 16 | (start[1] & 0xFF) << 8 | (start[2] & 0xFF))
                == BYTE_ORDER_MARK;
    if (!isMark) {
      in.unread(start);
    }
  }

  /** The next record, byte for byte as characters; empty at the end. */
  private List<String> record() throws IOException {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    int length = 0;
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (++length > MAX_RECORD) {
        throw new SourceException("a CSV record is too long (a quote without its end?)");
      }
      if (quoted) {
        quoted = !isEndOfQuotes(b, field);
      } else if (b == '"' && field.isEmpty()) {
        quoted = true;
      } else if (b == delimiter) {
        fields.add(field.toString());
        field.setLength(0);
      } else if (b == '\n' || b == '\r') {
        fields.add(field.toString());
        passOverLineFeed(b);
        return fields;
      } else {
        field.append((char) b);
      }
    }
    if (quoted) {
      throw new SourceException("the CSV ends within quotes");
    }
    if (length > 0) {
      fields.add(field.toString());
    }
    return fields;
  }

  /** CR LF is one line end, and so is CR alone. */
  private void passOverLineFeed(int end) throws IOException {
    int next = end == '\r' ? in.read() : -1;
    if (next >= 0 && next != '\n') {
      in.unread(next);
    }
  }

  /** Whether the quotes end here; two of them are one that is meant. */
  private boolean isEndOfQuotes(int b, StringBuilder field) throws IOException {
    if (b != '"') {
      field.append((char) b);
      return false;
    }
    int next = in.read();
    if (next == '"') {
      field.append('"');
      return false;
    }
    if (next >= 0) {
      in.unread(next);
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
