package org.tidegate.sync;

import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.filter.index.ListKey;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.sync.tuf.Digest;
import org.tidegate.sync.tuf.ReasonCode;
import org.tidegate.sync.tuf.RefusedException;

/** Untrusted bytes become a compiled list that may be enforced. */
final class ListVerifier {
  private ListVerifier() {}

  /**
   * V9: the very bytes that will be searched are those that were signed, and they are what the
   * manifest says.
   *
   * @param bytes handed over: not to be changed afterwards
   */
  static CompiledList verify(byte[] bytes, Manifest manifest, String name) throws RefusedException {
    Digest.checkLength(bytes.length, manifest.list().length());
    Digest.check(bytes, manifest.list().sha256());
    CompiledList list = open(bytes);
    boolean agrees =
        list.name().equals(name)
            && list.serial() == manifest.serial()
            && list.keyId().equals(manifest.keyId())
            && list.entries() == manifest.entries();
    if (!agrees) {
      throw new RefusedException(ReasonCode.MISMATCH);
    }
    return list;
  }

  /** V9: without its canary nobody could see whether a list is enforced. */
  static void checkCanary(CompiledList list, ListKey key) throws RefusedException {
    if (list.find(key, ListEntry.host(CompiledList.canary(list.name()))).isEmpty()) {
      throw new RefusedException(ReasonCode.CANARY);
    }
  }

  static RefusedException refusal(ListFormatException e) {
    return new RefusedException(
        switch (e.reason()) {
          case FORMAT_VERSION -> ReasonCode.FORMAT_VERSION;
          case CANONICALISER_VERSION -> ReasonCode.CANONICALISER_VERSION;
          case KEY -> ReasonCode.WRONG_KEY;
          default -> ReasonCode.BAD_LIST;
        });
  }

  private static CompiledList open(byte[] bytes) throws RefusedException {
    try {
      return CompiledList.open(bytes);
    } catch (ListFormatException e) {
      throw refusal(e);
    }
  }
}
