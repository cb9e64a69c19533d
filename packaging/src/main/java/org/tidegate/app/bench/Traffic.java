package org.tidegate.app.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.function.IntFunction;

/** URLs as they come in, one behind the other in one array. Immutable. */
public final class Traffic {
  private final byte[] bytes;
  private final int[] ends;

  private Traffic(byte[] bytes, int[] ends) {
    this.bytes = bytes;
    this.ends = ends;
  }

  /** That many URLs. */
  static Traffic of(int requests, IntFunction<String> url) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int[] ends = new int[requests];
    for (int i = 0; i < requests; i++) {
      bytes.writeBytes(url.apply(i).getBytes(UTF_8));
      ends[i] = bytes.size();
    }
    return new Traffic(bytes.toByteArray(), ends);
  }

  /** The lines of a text. */
  public static Traffic ofLines(byte[] text) {
    int[] ends = new int[16];
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int count = 0;
    int from = 0;
    for (int at = 0; at <= text.length; at++) {
      if (at == text.length || text[at] == '\n') {
        int to = at > from && text[at - 1] == '\r' ? at - 1 : at;
        if (to > from) {
          bytes.write(text, from, to - from);
          ends = count == ends.length ? Arrays.copyOf(ends, 2 * count) : ends;
          ends[count++] = bytes.size();
        }
        from = at + 1;
      }
    }
    return new Traffic(bytes.toByteArray(), Arrays.copyOf(ends, count));
  }

  public int requests() {
    return ends.length;
  }

  /** What holds all URLs: not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  public int start(int request) {
    return request == 0 ? 0 : ends[request - 1];
  }

  public int end(int request) {
    return ends[request];
  }

  /** Discloses nothing. */
  @Override
  public String toString() {
    return "Traffic[" + requests() + "]";
  }
}
