package org.tidegate.publish.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One column of a CSV file (RFC 4180), one line for each record, so that line numbers are record
 * numbers. The first record names the columns, unless the column is given by its number; where
 * several files follow each other, each may begin with the same names in an order of its own.
 */
public final class CsvColumn extends PieceStream {
  private static final int MAX_RECORD = 1 << 20;
  private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf"; // in UTF-8

  private final PushbackInputStream in;
  private final int delimiter;
  private final @Nullable String name;
  private final IntConsumer without;
  private List<String> names = List.of();
  private int column;
  private int records;

  private CsvColumn(
      InputStream in, @Nullable String name, int column, char delimiter, IntConsumer without) {
    this.in = new PushbackInputStream(in);
    this.name = name;
    this.column = column;
    this.delimiter = delimiter;
    this.without = without;
  }

  /**
   * The values of that column.
   *
   * @param column its name in the first record, or its number, from 1 on, where no record names any
   * @param without is told the number of a record that has no such column, and is no comment
   */
  public static InputStream of(
      InputStream csv, String column, char delimiter, IntConsumer without) {
    boolean isNumber = column.matches("[1-9][0-9]{0,3}");
    return isNumber
        ? new CsvColumn(csv, null, Integer.parseInt(column) - 1, delimiter, without)
        : new CsvColumn(
            csv,
            new String(column.getBytes(UTF_8), ISO_8859_1).toLowerCase(Locale.ROOT),
            -1,
            delimiter,
            without);
  }

  @Override
  byte @Nullable [] next() throws IOException {
    List<String> record = record();
    if (record.isEmpty()) {
      return null;
    }
    records++;
    String value = names(record) ? "" : value(record);
    // A value must stay one line: with a line end in it, it is no entry of any format.
    return (value.replaceAll("[\r\n]", " ") + "\n").getBytes(ISO_8859_1);
  }

  /**
   * Whether it names the columns. So may the first record of each further file, in another order;
   * but a record that is not made of the same names is none, whatever stands in one of its fields.
   */
  private boolean names(List<String> record) {
    if (name == null || (column >= 0 && record.size() != names.size())) {
      return false;
    }
    List<String> spelled = new ArrayList<>();
    for (String field : record) {
      String text = field.startsWith(BYTE_ORDER_MARK) ? field.substring(3) : field;
      spelled.add(text.strip().toLowerCase(Locale.ROOT));
    }
    int found = spelled.indexOf(name);
    List<String> sorted = spelled.stream().sorted().toList();
    if (found < 0 || (column >= 0 && !sorted.equals(names))) {
      return false;
    }
    names = sorted;
    column = found;
    return true;
  }

  private String value(List<String> record) throws SourceException {
    if (column < 0) {
      throw new SourceException("the CSV's first record has no such column");
    }
    if (column < record.size()) {
      return record.get(column);
    }
    String first = record.get(0).strip();
    if (record.size() > 1 || !(first.isEmpty() || first.startsWith("#"))) {
      without.accept(records);
    }
    return "";
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
      } else if (b == '"' && (field.isEmpty() || BYTE_ORDER_MARK.contentEquals(field))) {
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
