package org.tidegate.publish.source;

/**
 * How much a source may give: what is beyond is an error, not a shorter list.
 *
 * @param packed bytes as they come
 * @param unpacked bytes of text
 * @param members of one archive
 */
public record Limits(long packed, long unpacked, int members) {
  public static final Limits DEFAULT = new Limits(1L << 30, 4L << 30, 10_000);

  public Limits {
    if (packed < 1 || unpacked < 1 || members < 1) {
      throw new IllegalArgumentException("limits (expected: 1 or more)");
    }
  }
}
