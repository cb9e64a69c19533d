package org.tidegate.app.bench;

/** A way to judge URLs. For one thread. */
public interface EngineDesign {

  /** The word in the output. */
  String id();

  /** Whether the list covers the URL. */
  boolean isBlocked(byte[] url, int from, int to);

  /** What it keeps in memory for a list. */
  long bytes();
}
