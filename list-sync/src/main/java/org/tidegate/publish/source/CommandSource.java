package org.tidegate.publish.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A command's standard output, for everything that other programs fetch better (SFTP, object
 * stores). Run by the shell; where it fails, so does the list, however much came out of it.
 */
public final class CommandSource implements TextSource {
  private final String command;

  public CommandSource(String command) {
    this.command = command;
  }

  @Override
  public InputStream open() throws IOException {
    Process process =
        new ProcessBuilder("/bin/sh", "-c", command)
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new Output(process);
  }

  @Override
  public String toString() {
    return "CommandSource";
  }

  private static final class Output extends FilterInputStream {
    private final Process process;

    Output(Process process) {
      super(process.getInputStream());
      this.process = process;
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      return b < 0 ? ended() : b;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int n = super.read(bytes, from, length);
      return n < 0 ? ended() : n;
    }

    private int ended() throws IOException {
      try {
        if (process.waitFor() != 0) {
          throw new SourceException("the command failed (exit code " + process.exitValue() + ")");
        }
        return -1;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SourceException("interrupted while the command ran");
      }
    }

    @Override
    public void close() throws IOException {
      process.destroy();
      super.close();
    }
  }
}
