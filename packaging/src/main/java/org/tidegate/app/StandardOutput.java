package org.tidegate.app;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Standard output whose failures are unchecked. {@link java.io.PrintStream} swallows the checked
 * ones, and a command would go on for a reader that has gone, or end well on a full disk.
 */
final class StandardOutput extends OutputStream {
  private final OutputStream out;

  StandardOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      throw new OutputFailedException(e);
    }
  }

  @Override
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw new OutputFailedException(e);
    }
  }
}
