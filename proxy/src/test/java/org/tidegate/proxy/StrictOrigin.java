package org.tidegate.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An origin that reads requests to the letter, records those that arrive whole, and answers each
 * with its own path. What it cannot read is an offence.
 */
final class StrictOrigin implements AutoCloseable {
  /** A request that arrived whole. */
  record Received(String method, String path, String head, String body) {}

  final ScriptedOrigin origin;
  final List<Received> received = new CopyOnWriteArrayList<>();
  final List<String> offences = new CopyOnWriteArrayList<>();

  StrictOrigin() throws IOException {
    origin =
        new ScriptedOrigin(
            (head, in, out) -> {
              Received request = read(head, in);
              received.add(request);
              out.write(answer(request).getBytes(ISO_8859_1));
              return !head.toLowerCase(Locale.ROOT).contains("\r\nconnection: close\r\n");
            });
  }

  private static String answer(Received request) {
    String answer = ScriptedOrigin.ok(request.path());
    return request.method().equals("HEAD")
        ? answer.substring(0, answer.indexOf("\r\n\r\n") + 4)
        : answer;
  }

  private Received read(String head, InputStream in) throws IOException {
    if (!head.endsWith("\r\n\r\n")) {
      throw new EOFException("head cut short");
    }
    String[] line = head.substring(0, head.indexOf("\r\n")).split(" ", -1);
    if (line.length != 3 || !line[2].equals("HTTP/1.1") || !line[1].matches("(/|http://|\\*).*")) {
      offences.add("request line");
    }
    if (values(head, "host").size() != 1) {
      offences.add("Host fields");
    }
    return new Received(line[0], line[1], head, body(head, in));
  }

  private String body(String head, InputStream in) throws IOException {
    List<String> lengths = values(head, "content-length");
    List<String> encodings = values(head, "transfer-encoding");
    if (lengths.size() + encodings.size() > 1) {
      offences.add("two framings");
    }
    if (!encodings.isEmpty()) {
      if (!encodings.get(0).equals("chunked")) {
        offences.add("transfer coding");
      }
      return chunks(in);
    }
    return lengths.isEmpty() ? "" : exactly(in, Integer.parseInt(lengths.get(0)));
  }

  private String chunks(InputStream in) throws IOException {
    StringBuilder body = new StringBuilder();
    while (true) {
      String size = line(in);
      if (!size.matches("[0-9a-f]+")) {
        offences.add("chunk size");
      }
      int length = Integer.parseInt(size, 16);
      if (length == 0) {
        for (String trailer = line(in); !trailer.isEmpty(); trailer = line(in)) {
          body.append('|').append(trailer);
        }
        return body.toString();
      }
      body.append(exactly(in, length));
      if (!line(in).isEmpty()) {
        offences.add("chunk end");
      }
    }
  }

  private static String exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("body cut short");
    }
    return new String(bytes, ISO_8859_1);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b; (b = in.read()) >= 0; line.write(b)) {
      String text = line.toString(ISO_8859_1);
      if (b == '\n' && text.endsWith("\r")) {
        return text.substring(0, text.length() - 1);
      }
    }
    throw new EOFException("line cut short");
  }

  static List<String> values(String head, String name) {
    List<String> values = new ArrayList<>();
    for (String field : head.split("\r\n")) {
      int colon = field.indexOf(':');
      if (colon > 0 && field.substring(0, colon).equalsIgnoreCase(name)) {
        values.add(field.substring(colon + 1).strip());
      }
    }
    return values;
  }

  /** Forgets what was received. */
  void reset() {
    received.clear();
    offences.clear();
    origin.heads.clear();
    origin.connections.set(0);
  }

  @Override
  public void close() throws IOException {
    origin.close();
  }
}
