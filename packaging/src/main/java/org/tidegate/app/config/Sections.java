package org.tidegate.app.config;

import java.util.Set;
import java.util.TreeSet;

/** What all sections of one reading share. */
final class Sections {
  final Problems problems;
  final Environment environment;

  /** Every key that was asked for, the items of a list as {@code []}. */
  final Set<String> knownKeys = new TreeSet<>();

  Sections(Problems problems, Environment environment) {
    this.problems = problems;
    this.environment = environment;
  }
}
