package org.tidegate.app.bench;

import java.util.Locale;

/**
 * One design under one mix of requests.
 *
 * @param loadMillis from bytes or text until it answers
 * @param entriesPerCpuSecond how fast it was made of text
 */
public record EngineRun(
    int entries,
    String design,
    String mix,
    double nsPerVerdict,
    double allocatedBytesPerVerdict,
    double bytesPerEntry,
    long loadMillis,
    long entriesPerCpuSecond) {

  /** Verdicts that one core gives in a second. */
  public long verdictsPerSecond() {
    return Math.round(1e9 / nsPerVerdict);
  }

  /** As a JSON object. */
  public String json() {
    return String.format(
        Locale.ROOT,
        "{\"entries\":%d,\"design\":\"%s\",\"mix\":\"%s\",\"nsPerVerdict\":%.2f,"
            + "\"allocatedBytesPerVerdict\":%.2f,\"bytesPerEntry\":%.2f,\"loadMillis\":%d,"
            + "\"entriesPerCpuSecond\":%d}",
        entries,
        design,
        mix,
        nsPerVerdict,
        allocatedBytesPerVerdict,
        bytesPerEntry,
        loadMillis,
        entriesPerCpuSecond);
  }
}
