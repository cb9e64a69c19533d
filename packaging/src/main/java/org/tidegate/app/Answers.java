package org.tidegate.app;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;

/** Answers on their way to standard output: gathered, and sent on when the asker waits. */
final class Answers {
  private final OutputStream out;

  Answers(PrintStream out) {
    this.out = new BufferedOutputStream(out, 1 << 16);
  }

  void write(byte[] bytes, int length) {
    try {
      out.write(bytes, 0, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(byte[] bytes) {
    write(bytes, bytes.length);
  }

  void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
