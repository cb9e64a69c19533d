package org.tidegate.filter.list;

import org.tidegate.filter.url.CanonicalHost;

/**
 * Tells names that hosts have from what can be read as one only because the URL standard forbids so
 * few characters: a line of another format, such as {@code "host"}, {@code 1,host} or {@code
 * host;}. An entry for it would match nothing, and nobody would know.
 */
final class HostName {
  private HostName() {}

  /**
   * Whether the host is an address, or letters, digits, hyphens and underscores between dots.
   * Behind a scheme, which leaves no doubt, only the last label has to be: below their own domain
   * people may have names as odd as browsers take them, but no star.
   */
  static boolean isUsual(CanonicalHost canonical, boolean scheme) {
    byte[] host = canonical.bytes();
    boolean strict = true;
    for (int i = host.length - 1; i >= 0 && host[0] != '['; i--) {
      byte c = host[i];
      strict &= c != '.' || !scheme;
      if (c == '*' || (strict && c != '.' && !isUsual(c))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUsual(byte c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  }
}
