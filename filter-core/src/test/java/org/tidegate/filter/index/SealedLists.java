package org.tidegate.filter.index;

import java.util.zip.CRC32C;

/** Puts right the checksums of a compiled list that a test has tampered with. */
final class SealedLists {
  private static final int HEADER_CRC = 264;
  private static final int SECTIONS = 120;

  private SealedLists() {}

  static byte[] seal(byte[] tampered) {
    byte[] bytes = tampered.clone();
    if (bytes.length < ListHeader.BYTES) {
      return bytes;
    }
    for (int section = 0; section < 6; section++) {
      int at = SECTIONS + 24 * section;
      long offset = LittleEndian.getLong(bytes, at);
      long length = LittleEndian.getLong(bytes, at + 8);
      if (offset >= 0 && length >= 0 && offset <= bytes.length && length <= bytes.length - offset) {
        LittleEndian.putInt(bytes, at + 16, crc(bytes, (int) offset, (int) length));
      }
    }
    LittleEndian.putInt(bytes, HEADER_CRC, crc(bytes, 0, HEADER_CRC));
    return bytes;
  }

  private static int crc(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }
}
