package org.tidegate.app.alarm;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that is started for each alarm, with its arguments as they are and without a shell. It
 * gets the alarm on standard input; exit code 0 is taken for yes. One that takes too long is ended,
 * with whatever it has started.
 */
public final class AlarmCommand implements Receiver {
  private final List<String> command;
  private final Duration timeout;

  /**
   * @param command a program by its path, then its arguments
   */
  public AlarmCommand(List<String> command, Duration timeout) {
    this.command = List.copyOf(command);
    this.timeout = timeout;
  }

  @Override
  public String word() {
    return "command";
  }

  @Override
  public void take(byte[] json) throws UndeliveredException, InterruptedException {
    Process process = start();
    try {
      write(process, json);
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new UndeliveredException("timeout");
      }
      if (process.exitValue() != 0) {
        throw new UndeliveredException("exit code " + process.exitValue());
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private Process start() throws UndeliveredException {
    try {
      return new ProcessBuilder(command)
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UndeliveredException("cannot be started");
    }
  }

  /**
   * Far less than a pipe holds: this does not wait. A program that does not read may have ended.
   */
  private static void write(Process process, byte[] json) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(json);
      in.write('\n');
    } catch (IOException e) {
      return;
    }
  }
}
