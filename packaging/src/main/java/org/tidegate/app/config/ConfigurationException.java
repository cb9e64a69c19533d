package org.tidegate.app.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used, with all its problems. */
public final class ConfigurationException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  public ConfigurationException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
