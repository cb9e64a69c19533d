package org.tidegate.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.tidegate.app.config.ConfigurationException;
import org.tidegate.app.config.ParentCredentials;
import org.tidegate.app.config.Problem;
import org.tidegate.proxy.http.ProxyCredentials;

/** Reads the file with the gateway's own user and password at a parent proxy. */
final class ParentCredentialsFile {
  private static final String KEY = "upstream.parent-credentials";

  /** RFC 7617 §2: no colon in the user's name, no control anywhere. */
  private static final Pattern USER_AND_PASSWORD = Pattern.compile("[^:\\p{Cntrl}]+:\\P{Cntrl}*");

  private ParentCredentialsFile() {}

  static ProxyCredentials read(ParentCredentials credentials) throws ConfigurationException {
    if (credentials.file().isEmpty()) {
      return credentials.ofClient() ? ProxyCredentials.OF_CLIENT : ProxyCredentials.NONE;
    }
    String line;
    try {
      Path file = credentials.file().get();
      line = Files.readString(file, UTF_8).stripTrailing();
    } catch (IOException e) {
      throw problem(credentials, "cannot be read");
    }
    if (!USER_AND_PASSWORD.matcher(line).matches()) {
      throw problem(credentials, "another content (expected: one line, user:password)");
    }
    return ProxyCredentials.basic(line);
  }

  private static ConfigurationException problem(ParentCredentials credentials, String what) {
    return new ConfigurationException(List.of(new Problem(credentials.place(), KEY, what)));
  }
}
