package org.tidegate.proxy.splash;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads a directory of templates, an operator's or one of those shipped, into text by file name.
 */
final class TemplateFiles {
  static final String LAYOUT = "page.html.mustache";
  static final String TEXTS = ".properties";

  private static final String[] SHIPPED = {LAYOUT, "en" + TEXTS, "de" + TEXTS};
  private static final int SIZE_LIMIT = 1 << 20;

  private TemplateFiles() {}

  static Map<String, String> read(Path directory) throws SplashTemplateException {
    Map<String, String> files = new TreeMap<>();
    try (DirectoryStream<Path> listing = Files.newDirectoryStream(directory)) {
      for (Path file : listing) {
        String name = String.valueOf(file.getFileName());
        if (name.equals(LAYOUT) || name.endsWith(TEXTS)) {
          files.put(name, text(file));
        }
      }
    } catch (IOException e) {
      throw new SplashTemplateException(
          directory
              + ": cannot be read (expected: a directory with "
              + LAYOUT
              + " and en"
              + TEXTS
              + ")");
    }
    return files;
  }

  static Map<String, String> shipped(String folder) {
    Map<String, String> files = new TreeMap<>();
    for (String name : SHIPPED) {
      try (InputStream in = TemplateFiles.class.getResourceAsStream(folder + "/" + name)) {
        if (in == null) {
          throw new IllegalStateException("incomplete jar: no " + folder + "/" + name);
        }
        files.put(name, decode(name, in.readAllBytes()));
      } catch (IOException | SplashTemplateException e) {
        throw new IllegalStateException("damaged jar: " + folder + "/" + name, e);
      }
    }
    return files;
  }

  private static String text(Path file) throws SplashTemplateException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(SIZE_LIMIT + 1);
      if (bytes.length > SIZE_LIMIT) {
        throw new SplashTemplateException(file + ": too large (expected: at most 1 MiB)");
      }
      return decode(file.toString(), bytes);
    } catch (IOException e) {
      throw new SplashTemplateException(file + ": cannot be read (expected: a readable file)");
    }
  }

  /** With line feeds only, as browsers read it: the hash of an inline style covers them. */
  private static String decode(String name, byte[] bytes) throws SplashTemplateException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
      return unmarked.replace("\r\n", "\n").replace('\r', '\n');
    } catch (CharacterCodingException e) {
      throw new SplashTemplateException(name + ": not valid UTF-8 (expected: UTF-8 text)");
    }
  }
}
