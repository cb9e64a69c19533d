package org.tidegate.publish;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.tidegate.filter.index.ListKey;

/** The file with a list key: 32 hexadecimal digits. */
public final class ListKeyFile {
  private static final int MAX_LENGTH = 100;

  private ListKeyFile() {}

  /**
   * Reads one.
   *
   * @throws PublishException where it is no list key; what it is instead is not told
   */
  public static ListKey read(Path file) throws IOException, PublishException {
    if (Files.size(file) <= MAX_LENGTH) {
      try {
        String text = Files.readString(file, US_ASCII).strip();
        return ListKey.of(HexFormat.of().parseHex(text));
      } catch (CharacterCodingException | IllegalArgumentException e) {
        // told below, without the text
      }
    }
    throw new PublishException("no list key (expected: 32 hexadecimal digits)");
  }
}
