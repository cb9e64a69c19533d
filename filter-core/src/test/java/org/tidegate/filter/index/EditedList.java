package org.tidegate.filter.index;

import com.google.common.primitives.Bytes;
import java.util.Arrays;

/** A compiled list in pieces, to be tampered with and put together under right checksums. */
final class EditedList {
  private static final int SECTIONS_AT = 120;

  final byte[] head;
  final byte[][] sections = new byte[6][];

  EditedList(byte[] list) {
    head = Arrays.copyOf(list, 272);
    for (int section = 0; section < sections.length; section++) {
      int from = (int) LittleEndian.getLong(list, SECTIONS_AT + 24 * section);
      int length = (int) LittleEndian.getLong(list, SECTIONS_AT + 24 * section + 8);
      sections[section] = Arrays.copyOfRange(list, from, from + length);
    }
  }

  /** The word of that section with that index. */
  long word(int section, int index) {
    return LittleEndian.getLong(sections[section], 8 * index);
  }

  void word(int section, int index, long value) {
    LittleEndian.putLong(sections[section], 8 * index, value);
  }

  int words(int section) {
    return sections[section].length / 8;
  }

  void resize(int section, int words) {
    sections[section] = Arrays.copyOf(sections[section], 8 * words);
  }

  void fill(int section, int value) {
    Arrays.fill(sections[section], (byte) value);
  }

  /** The number at that offset of the head. */
  int count(int at) {
    return LittleEndian.getInt(head, at);
  }

  void count(int at, int value) {
    LittleEndian.putInt(head, at, value);
  }

  byte[] bytes() {
    byte[] bytes = Bytes.concat(head, Bytes.concat(sections));
    int offset = head.length;
    for (int section = 0; section < sections.length; section++) {
      LittleEndian.putLong(bytes, SECTIONS_AT + 24 * section, offset);
      LittleEndian.putLong(bytes, SECTIONS_AT + 24 * section + 8, sections[section].length);
      offset += sections[section].length;
    }
    return SealedLists.seal(bytes);
  }
}
