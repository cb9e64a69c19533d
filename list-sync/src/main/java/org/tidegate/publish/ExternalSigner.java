package org.tidegate.publish;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/**
 * A command that signs, for keys that never leave their hardware: run by the shell, the message on
 * its standard input, the bare signature on its standard output.
 */
final class ExternalSigner {
  private static final int MAX_SIGNATURE = 4096;
  private static final long SECONDS = 120;

  private ExternalSigner() {}

  static byte[] sign(String command, byte[] message) throws IOException, PublishException {
    Process process =
        new ProcessBuilder("/bin/sh", "-c", command)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      write(process, message);
      byte[] signature;
      try (InputStream in = process.getInputStream()) {
        signature = in.readNBytes(MAX_SIGNATURE);
      }
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new PublishException("the signer's command failed");
      }
      return signature;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PublishException("interrupted while the signer's command ran");
    } finally {
      process.destroyForcibly();
    }
  }

  private static void write(Process process, byte[] message) {
    try (OutputStream out = process.getOutputStream()) {
      out.write(message);
    } catch (IOException e) {
      // A command that does not read tells by its signature that it has not.
    }
  }
}
