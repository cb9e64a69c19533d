package org.tidegate.filter.index;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.tidegate.filter.index.ListFormatException.Reason;
import org.tidegate.filter.list.Scope;

/** The head of a compiled list: {@code docs/compiled-list.md} has the offsets. */
final class ListHeader {
  static final int BYTES = 272;
  static final int FORMAT_VERSION = 3;
  static final int CANONICALISER_VERSION = 1;

  private static final long MAGIC = LittleEndian.getLong("TIDELIST".getBytes(US_ASCII), 0);
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");
  private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
  private static final int NAME_AT = 16;
  private static final int NAME_BYTES = 32;
  private static final int SCOPES_AT = 80;
  private static final int SECTIONS_AT = 120;
  private static final int SECTION_BYTES = 24;
  private static final int CRC_AT = 264;

  /** The sections, in this order and without gaps. */
  static final int HOSTS = 0;

  static final int RULES = 1;
  static final int ROOT_FILTER = 2;
  static final int RULE_FILTER = 3;
  static final int CROWDED = 4;
  static final int ROOTS = 5;
  static final int SECTIONS = 6;

  /** The counts that the tables are read with. */
  record Counts(int rules, int hosts, int roots, int crowded, int many, boolean singleLabels) {}

  /** Whose list this is. */
  record Origin(String name, long serial, Instant created, long keyId) {}

  private final byte[] bytes;

  /** Over bytes that {@link #verify} has accepted, or that {@link #write} has made. */
  ListHeader(byte[] bytes) {
    this.bytes = bytes;
  }

  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  static boolean isTime(Instant time) {
    return time.getEpochSecond() >= 0 && time.getEpochSecond() <= LAST_SECOND;
  }

  Origin origin() {
    int end = NAME_AT;
    while (end < NAME_AT + NAME_BYTES && bytes[end] != 0) {
      end++;
    }
    return new Origin(
        new String(bytes, NAME_AT, end - NAME_AT, US_ASCII),
        LittleEndian.getLong(bytes, 48),
        Instant.ofEpochSecond(LittleEndian.getLong(bytes, 56)),
        LittleEndian.getLong(bytes, 64));
  }

  Counts counts() {
    return new Counts(
        LittleEndian.getInt(bytes, 100),
        LittleEndian.getInt(bytes, 104),
        LittleEndian.getInt(bytes, 108),
        LittleEndian.getInt(bytes, 112),
        LittleEndian.getInt(bytes, 116),
        LittleEndian.getInt(bytes, 76) == 1);
  }

  /** Entries of that scope, the canary left out. */
  int entries(Scope scope) {
    return LittleEndian.getInt(bytes, scopeAt(scope));
  }

  int offset(int section) {
    return (int) LittleEndian.getLong(bytes, sectionAt(section));
  }

  int length(int section) {
    return (int) LittleEndian.getLong(bytes, sectionAt(section) + 8);
  }

  /** Writes the head before tables that are complete, and their checksums. */
  static void write(
      byte[] bytes, Origin origin, Counts counts, Map<Scope, Integer> scopes, int[] lengths) {
    LittleEndian.putLong(bytes, 0, MAGIC);
    LittleEndian.putInt(bytes, 8, FORMAT_VERSION);
    LittleEndian.putInt(bytes, 12, BYTES);
    byte[] name = origin.name().getBytes(US_ASCII);
    System.arraycopy(name, 0, bytes, NAME_AT, name.length);
    LittleEndian.putLong(bytes, 48, origin.serial());
    LittleEndian.putLong(bytes, 56, origin.created().getEpochSecond());
    LittleEndian.putLong(bytes, 64, origin.keyId());
    LittleEndian.putInt(bytes, 72, CANONICALISER_VERSION);
    LittleEndian.putInt(bytes, 76, counts.singleLabels() ? 1 : 0);
    scopes.forEach((scope, count) -> LittleEndian.putInt(bytes, scopeAt(scope), count));
    LittleEndian.putInt(bytes, 100, counts.rules());
    LittleEndian.putInt(bytes, 104, counts.hosts());
    LittleEndian.putInt(bytes, 108, counts.roots());
    LittleEndian.putInt(bytes, 112, counts.crowded());
    LittleEndian.putInt(bytes, 116, counts.many());
    int offset = BYTES;
    for (int section = 0; section < SECTIONS; section++) {
      int at = sectionAt(section);
      int length = lengths[section];
      LittleEndian.putLong(bytes, at, offset);
      LittleEndian.putLong(bytes, at + 8, length);
      LittleEndian.putInt(bytes, at + 16, checksum(bytes, offset, length));
      offset += length;
    }
    LittleEndian.putInt(bytes, CRC_AT, checksum(bytes, 0, CRC_AT));
  }

  /** Accepts a head that any compiler of this version could have made, and intact sections. */
  void verify() throws ListFormatException {
    require(bytes.length >= 8, Reason.LENGTH);
    require(LittleEndian.getLong(bytes, 0) == MAGIC, Reason.NO_COMPILED_LIST);
    require(bytes.length >= BYTES, Reason.LENGTH);
    require(LittleEndian.getInt(bytes, 8) == FORMAT_VERSION, Reason.FORMAT_VERSION);
    require(LittleEndian.getInt(bytes, 12) == BYTES, Reason.STRUCTURE);
    require(LittleEndian.getInt(bytes, CRC_AT) == checksum(bytes, 0, CRC_AT), Reason.CHECKSUM);
    require(LittleEndian.getInt(bytes, 72) == CANONICALISER_VERSION, Reason.CANONICALISER_VERSION);
    verifyFields();
    verifySections();
  }

  private void verifyFields() throws ListFormatException {
    require(LittleEndian.getLong(bytes, 48) >= 0);
    long created = LittleEndian.getLong(bytes, 56);
    require(created >= 0 && created <= LAST_SECOND);
    String name = origin().name();
    require(isName(name) && isZero(NAME_AT + name.length(), NAME_AT + NAME_BYTES));
    require((LittleEndian.getInt(bytes, 76) & ~1) == 0);
    require(LittleEndian.getInt(bytes, CRC_AT + 4) == 0);
    Counts counts = counts();
    require(counts.rules() > 0 && counts.hosts() > 0 && counts.hosts() <= counts.rules());
    require(counts.roots() >= 0 && counts.roots() <= counts.hosts() && counts.crowded() >= 0);
    require(counts.many() >= 0 && counts.many() <= counts.rules());
    // One more than the entries: the canary.
    long entries = 1;
    for (Scope scope : Scope.values()) {
      require(entries(scope) >= 0);
      entries += entries(scope);
    }
    require(entries == counts.rules());
  }

  private void verifySections() throws ListFormatException {
    long end = BYTES;
    for (int section = 0; section < SECTIONS; section++) {
      int at = sectionAt(section);
      long length = LittleEndian.getLong(bytes, at + 8);
      require(LittleEndian.getLong(bytes, at) == end && LittleEndian.getInt(bytes, at + 20) == 0);
      require(length >= 0 && length % 8 == 0);
      require(length <= bytes.length - end, Reason.LENGTH);
      end += length;
    }
    require(end == bytes.length, Reason.LENGTH);
    for (int section = 0; section < SECTIONS; section++) {
      int crc = LittleEndian.getInt(bytes, sectionAt(section) + 16);
      require(crc == checksum(bytes, offset(section), length(section)), Reason.CHECKSUM);
    }
  }

  private static int scopeAt(Scope scope) {
    return SCOPES_AT + 4 * (ScopeCode.tag(scope) - 1);
  }

  private static int sectionAt(int section) {
    return SECTIONS_AT + SECTION_BYTES * section;
  }

  private static int checksum(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }

  private boolean isZero(int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static void require(boolean holds) throws ListFormatException {
    require(holds, Reason.STRUCTURE);
  }

  static void require(boolean holds, Reason otherwise) throws ListFormatException {
    if (!holds) {
      throw new ListFormatException(otherwise);
    }
  }
}
