package org.tidegate.publish.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.PasswordAuthentication;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a server asks for, from a file: {@code user:password}, or {@code Bearer …}. */
public final class Credentials {
  private static final int MAX_LENGTH = 10_000;

  /** RFC 7617 §2: no colon in the user's name, no control anywhere. */
  private static final Pattern USER_AND_PASSWORD = Pattern.compile("[^:\\p{Cntrl}]+:\\P{Cntrl}*");

  /** RFC 6750 §2.1. */
  private static final Pattern BEARER = Pattern.compile("(?i:Bearer) [A-Za-z0-9._~+/-]+=*");

  private final String line;

  private Credentials(String line) {
    this.line = line;
  }

  /**
   * The first line of a file.
   *
   * @throws SourceException where it holds none; what it holds instead is not told
   */
  public static Credentials read(Path file) throws IOException {
    String text = Files.size(file) > MAX_LENGTH ? "" : Files.readString(file);
    String line = text.lines().map(String::strip).findFirst().orElse("");
    if (BEARER.matcher(line).matches() || USER_AND_PASSWORD.matcher(line).matches()) {
      return new Credentials(line);
    }
    throw new SourceException("no credentials (expected: user:password, or Bearer and a token)");
  }

  /** The {@code Authorization} field. */
  public String field() {
    return isBearer() ? line : "Basic " + Base64.getEncoder().encodeToString(line.getBytes(UTF_8));
  }

  /** User and password; empty where it is a token. */
  public Optional<PasswordAuthentication> userAndPassword() {
    if (isBearer()) {
      return Optional.empty();
    }
    int colon = line.indexOf(':');
    char[] password = line.substring(colon + 1).toCharArray();
    return Optional.of(new PasswordAuthentication(line.substring(0, colon), password));
  }

  private boolean isBearer() {
    return BEARER.matcher(line).matches();
  }

  @Override
  public String toString() {
    return "Credentials";
  }
}
