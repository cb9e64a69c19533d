package org.tidegate.filter.list;

import java.util.ArrayList;
import java.util.List;

/**
 * Gathers one record of a zone file from its lines (RFC 1035 §5.1): comments, quotes, parentheses
 * over several lines, an owner left out.
 */
final class ZoneRecord {
  /** More than any record needs that we look into: the rest is read and dropped. */
  private static final int MAX_TOKENS = 16;

  /** A parenthesis left open may not swallow the rest of the zone. */
  private static final int MAX_LINES = 256;

  private final List<String> tokens = new ArrayList<>();
  private int depth;
  private int lines;
  private boolean ownerLeftOut;

  /** Takes one line more; {@link #isComplete} and {@link #isOverlong} say what has become of it. */
  void add(String line) {
    if (depth == 0) {
      tokens.clear();
      lines = 0;
      ownerLeftOut = !line.isEmpty() && line.charAt(0) <= ' ';
    }
    lines++;
    int at = 0;
    while (at < line.length() && line.charAt(at) != ';') {
      at = token(line, at);
    }
  }

  boolean isComplete() {
    return depth == 0;
  }

  /** Whether it has too many lines; it is then forgotten. */
  boolean isOverlong() {
    if (depth > 0 && lines >= MAX_LINES) {
      depth = 0;
      return true;
    }
    return false;
  }

  boolean ownerIsLeftOut() {
    return ownerLeftOut;
  }

  List<String> tokens() {
    return tokens;
  }

  private int token(String line, int at) {
    char c = line.charAt(at);
    if (c == '(' || c == ')') {
      depth = Math.max(0, depth + (c == '(' ? 1 : -1));
      return at + 1;
    }
    if (c <= ' ') {
      return at + 1;
    }
    int end = c == '"' ? quoted(line, at + 1) : plain(line, at);
    if (tokens.size() < MAX_TOKENS) {
      tokens.add(line.substring(at, end));
    }
    return end;
  }

  private static int quoted(String line, int from) {
    int at = from;
    while (at < line.length() && line.charAt(at) != '"') {
      at += line.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at + 1, line.length());
  }

  private static int plain(String line, int from) {
    int at = from;
    while (at < line.length() && line.charAt(at) > ' ' && ";()\"".indexOf(line.charAt(at)) < 0) {
      at += line.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at, line.length());
  }
}
