package org.tidegate.publish;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A key file that was read: a public key in PEM, and with it a private one, or a line {@code
 * Sign-With: command}, or nothing where its holder signs elsewhere.
 */
public final class SigningKeyFile {
  private final SigningKey key;

  private SigningKeyFile(SigningKey key) {
    this.key = key;
  }

  public static SigningKeyFile read(Path file) throws IOException, PublishException {
    return new SigningKeyFile(KeyFiles.read(file));
  }

  SigningKey key() {
    return key;
  }

  @Override
  public String toString() {
    return key.toString();
  }
}
