package org.tidegate.proxy.admin;

import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.list.Scope;

/**
 * How much of a list can be enforced. Where the whole URL is seen, every entry; where a host alone
 * is seen, as in TLS that is not inspected, domain and host entries.
 *
 * @param http entries that hold for clear HTTP
 * @param https entries that hold for HTTPS
 */
public record Coverage(int entries, int http, int https) {
  /**
   * Counts a list.
   *
   * @param inspected whether the content of TLS is seen
   */
  public static Coverage of(CompiledList list, boolean inspected) {
    int hosts = list.entries(Scope.DOMAIN) + list.entries(Scope.HOST);
    return new Coverage(list.entries(), list.entries(), inspected ? list.entries() : hosts);
  }

  /** A part in whole per cent, rounded down, so that 100 means all. */
  public int percent(int part) {
    return entries == 0 ? 100 : (int) (100L * part / entries);
  }
}
