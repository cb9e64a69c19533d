package org.tidegate.filter.index;

/**
 * The bytes of a compiled list in the form from which a patch between two editions is made: as long
 * as the list, and the list again when it is undone. A slot of HOSTS has the number of rules before
 * it, so one rule more would change every slot behind it; in this form it has the difference to the
 * slot before, and changes only there.
 *
 * <p>Of bytes that are no list the form is anything, as long as they are, and nothing is refused:
 * what a patch makes is verified as a list.
 */
public final class PatchForm {
  private static final int FIRST = ListHeader.BYTES + Long.BYTES;

  private PatchForm() {}

  /** Changes a list into its form. */
  public static void make(byte[] list) {
    int last = 0;
    long end = end(list);
    for (int at = FIRST; at < end; at += HostTable.SLOT) {
      int index = LittleEndian.getInt(list, at);
      LittleEndian.putInt(list, at, index - last);
      last = index;
    }
  }

  /** Changes a form back into the list. */
  public static void undo(byte[] form) {
    int last = 0;
    long end = end(form);
    for (int at = FIRST; at < end; at += HostTable.SLOT) {
      last += LittleEndian.getInt(form, at);
      LittleEndian.putInt(form, at, last);
    }
  }

  /** Behind the last index; the head, which says where that is, is the same in both forms. */
  private static long end(byte[] bytes) {
    if (bytes.length < ListHeader.BYTES) {
      return 0;
    }
    long length = new ListHeader(bytes).length(ListHeader.HOSTS);
    boolean fits = length >= 0 && ListHeader.BYTES + length <= bytes.length;
    return fits ? ListHeader.BYTES + length - Integer.BYTES : 0;
  }
}
