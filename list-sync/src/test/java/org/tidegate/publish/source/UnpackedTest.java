package org.tidegate.publish.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnpackedTest {
  private static final String TEXT = "listed.example\nhost.example/page\n".repeat(5000);
  private static final Limits SMALL = new Limits(1_000_000, 1_000_000, 5);

  private enum Packing {
    NONE,
    GZIP,
    ZSTD,
    ZIP;

    byte[] pack(byte[] text) throws IOException {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      switch (this) {
        case GZIP -> write(new GZIPOutputStream(packed), text);
        case ZSTD -> write(new ZstdOutputStream(packed), text);
        case ZIP -> {
          ZipOutputStream zip = new ZipOutputStream(packed);
          zip.putNextEntry(new ZipEntry("list.txt"));
          write(zip, text);
        }
        default -> packed.write(text);
      }
      return packed.toByteArray();
    }

    private static void write(OutputStream out, byte[] text) throws IOException {
      try (out) {
        out.write(text);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyPackingIsToldByItsFirstBytes(Packing packing) throws IOException {
    assertThat(read(packing.pack(TEXT.getBytes(UTF_8)), SMALL)).isEqualTo(TEXT);
  }

  @ParameterizedTest
  @EnumSource
  void textsShorterThanAnyMarkAreTexts(Packing packing) throws IOException {
    for (String text : new String[] {"", "a", "a\n", "PK"}) {
      assertThat(read(packing.pack(text.getBytes(UTF_8)), SMALL).strip()).isEqualTo(text.strip());
    }
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void whatUnpacksToTooMuchIsRefused(Packing packing) throws IOException {
    byte[] bomb = packing.pack(new byte[1_000_001]);
    assertThat(bomb).hasSizeLessThan(10_000);
    assertThatThrownBy(() -> read(bomb, SMALL))
        .isInstanceOf(SourceException.class)
        .hasMessage("the list is too large (bytes of text)");
  }

  @Test
  void tooMuchAsItComesIsRefused() {
    assertThatThrownBy(() -> read(new byte[1_000_001], SMALL))
        .isInstanceOf(SourceException.class)
        .hasMessage("the list is too large (bytes as they come)");
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void whatIsCutIsNoShorterList(Packing packing) throws IOException {
    byte[] whole = packing.pack(TEXT.getBytes(UTF_8));
    for (int length = 5; length < whole.length; length += 7) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(cut, SMALL))
          .as("length %d of %d", length, whole.length)
          .isInstanceOf(SourceException.class)
          .hasMessage("the packed list is damaged");
    }
  }

  /** As a server or command gives it that makes a pause between two files. */
  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void whatIsPackedInPiecesIsOneText(Packing packing) throws IOException {
    InputStream pieces = InputStream.nullInputStream();
    for (String piece : new String[] {"a.example\nb.exa", "", "mple\n", "c.example"}) {
      byte[] packed = packing.pack(piece.getBytes(UTF_8));
      pieces = new SequenceInputStream(pieces, new ByteArrayInputStream(packed));
    }
    assertThat(text(pieces, SMALL)).isEqualTo("a.example\nb.example\nc.example");
  }

  @Test
  void everyFieldOfAGzipHeaderIsPassedOver() throws IOException {
    byte[] packed = Packing.GZIP.pack("a.example".getBytes(UTF_8));
    packed[3] = 0b11111;
    ByteArrayOutputStream fields = new ByteArrayOutputStream();
    fields.write(packed, 0, 10);
    fields.write(new byte[] {2, 0, 9, 9, 'n', 0, 'c', 'c', 0, 9, 9});
    fields.write(packed, 10, packed.length - 10);
    assertThat(read(fields.toByteArray(), SMALL)).isEqualTo("a.example");
  }

  @Test
  void behindAGzipFileThereIsAnotherOrNothing() throws IOException {
    byte[] one = Packing.GZIP.pack("a.example\n".getBytes(UTF_8));
    byte[] two = Arrays.copyOf(one, 2 * one.length);
    assertThat(read(two, SMALL)).isEqualTo("a.example\n");
    System.arraycopy(one, 0, two, one.length, one.length);
    assertThat(read(two, SMALL)).isEqualTo("a.example\na.example\n");
    for (int at = one.length; at < one.length + 4; at++) {
      byte[] damaged = two.clone();
      damaged[at] ^= (byte) 0x80;
      assertThatThrownBy(() -> read(damaged, SMALL)).hasMessage("the packed list is damaged");
    }
  }

  @Test
  void theMembersOfAnArchiveAreLinesOfTheirOwn() throws IOException {
    assertThat(read(archive("a.example", "", "b.example\n", "c.example"), SMALL))
        .isEqualTo("a.example\nb.example\nc.example\n");
  }

  @Test
  void anArchiveThatWasCutBetweenTwoMembersIsDamaged() throws IOException {
    byte[] two = archive("a.example", "b.example");
    int second = new String(two, ISO_8859_1).indexOf("PK\3\4", 4);
    byte[] cut = Arrays.copyOf(two, second);
    assertThatThrownBy(() -> read(cut, SMALL)).hasMessage("the packed list is damaged");
  }

  @Test
  void anArchiveOfTooManyMembersIsRefused() throws IOException {
    byte[] many = archive("a", "b", "c", "d", "e", "f");
    assertThatThrownBy(() -> read(many, SMALL)).hasMessage("the archive has too many members");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void textOfWiderUnitsBecomesUtf8(String charset) throws IOException {
    String text = "listed.example\r\nb\u00fccher.example\n" + "\ud83d\udc4d.example\n".repeat(9000);
    for (Packing packing : Packing.values()) {
      assertThat(read(packing.pack(text.getBytes(charset)), SMALL)).isEqualTo(text);
      String marked = "\u4e2d" + text;
      byte[] bytes = ("\ufeff" + marked).getBytes(charset);
      assertThat(read(packing.pack(bytes), SMALL)).isEqualTo(marked);
    }
  }

  @Test
  void membersMayDifferInTheirUnits() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String charset : new String[] {"UTF-16LE", "UTF-8", "UTF-16BE", "UTF-32LE"}) {
        zip.putNextEntry(new ZipEntry(charset));
        zip.write("host.example".getBytes(charset));
      }
    }
    assertThat(read(out.toByteArray(), SMALL)).isEqualTo("host.example\n".repeat(4));
  }

  @Test
  void aZeroAmongBytesIsNoSignOfWiderUnits() throws IOException {
    for (String text : new String[] {"\0host.example", "h\0st.example", "\0\0\0\0", "h\0\0st"}) {
      assertThat(read(text.getBytes(UTF_8), SMALL)).isEqualTo(text);
    }
  }

  private static byte[] archive(String... members) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < members.length; i++) {
        zip.putNextEntry(new ZipEntry("member" + i));
        zip.write(members[i].getBytes(UTF_8));
      }
    }
    return out.toByteArray();
  }

  private static String read(byte[] packed, Limits limits) throws IOException {
    return text(new ByteArrayInputStream(packed), limits);
  }

  private static String text(InputStream packed, Limits limits) throws IOException {
    try (InputStream in = Unpacked.of(packed, limits)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
