package org.tidegate.publish.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a licensor's server asks for, from a file: {@code user:password}, or {@code Bearer …}. */
public final class Credentials {
  private static final int MAX_LENGTH = 10_000;
  private static final String BEARER = "Bearer ";

  private final String field;

  private Credentials(String field) {
    this.field = field;
  }

  /**
   * The first line of a file.
   *
   * @throws SourceException where it holds none; what it holds instead is not told
   */
  public static Credentials read(Path file) throws IOException {
    String text = Files.size(file) > MAX_LENGTH ? "" : Files.readString(file);
    Optional<String> line = text.lines().map(String::strip).findFirst();
    if (line.isPresent() && line.get().regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return new Credentials(BEARER + line.get().substring(BEARER.length()).strip());
    }
    if (line.isPresent() && line.get().indexOf(':') > 0) {
      return new Credentials(HttpsSource.basic(line.get()));
    }
    throw new SourceException("no credentials (expected: user:password, or Bearer and a token)");
  }

  String field() {
    return field;
  }

  @Override
  public String toString() {
    return "Credentials";
  }
}
