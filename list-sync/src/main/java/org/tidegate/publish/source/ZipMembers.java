package org.tidegate.publish.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The files of a zip archive, one after the other, each in UTF-8 and ending with a line end. */
final class ZipMembers extends BlockStream {
  private final ZipEnd end;
  private final ZipInputStream zip;
  private final int most;
  private int members;
  private InputStream member = nullInputStream();
  private boolean inMember;
  private boolean atLineStart = true;

  ZipMembers(InputStream in, int most) {
    this.end = new ZipEnd(in);
    this.zip = new ZipInputStream(end);
    this.most = most;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (inMember || next()) {
      int n = member.read(bytes, from, length);
      if (n > 0) {
        atLineStart = bytes[from + n - 1] == '\n';
        return n;
      }
      inMember = false;
      if (!atLineStart) {
        atLineStart = true;
        bytes[from] = '\n';
        return 1;
      }
    }
    return -1;
  }

  private boolean next() throws IOException {
    ZipEntry entry = zip.getNextEntry();
    while (entry != null && entry.isDirectory()) {
      count();
      entry = zip.getNextEntry();
    }
    if (entry == null) {
      if (!end.isWhole(members)) {
        throw Unpacked.damaged();
      }
      return false;
    }
    count();
    inMember = true;
    member = Utf8Text.of(new BufferedInputStream(zip));
    return true;
  }

  private void count() throws SourceException {
    if (++members > most) {
      throw new SourceException("the archive has too many members");
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
