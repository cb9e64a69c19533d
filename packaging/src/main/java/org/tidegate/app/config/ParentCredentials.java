package org.tidegate.app.config;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a parent proxy is told of who asks.
 *
 * @param path the file of the gateway's own user and password, if it has them
 * @param place where that stands in the file
 * @param ofClient whether each client's own are passed on
 */
public record ParentCredentials(@Nullable Path path, String place, boolean ofClient) {
  /** The file of the gateway's own user and password, if it has them. */
  public Optional<Path> file() {
    return Optional.ofNullable(path);
  }
}
