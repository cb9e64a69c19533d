package org.tidegate.filter.url;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;

/** The data that lies beside the project, in {@code ../shared/data}; it is an error if missing. */
public final class SharedData {
  private SharedData() {}

  static List<String> lines(String file) throws IOException {
    return text(file).lines().toList();
  }

  /** The cases of a JSON file: the objects of its outermost array. */
  static List<JsonObject> cases(String file) throws IOException {
    JsonArray all = JsonParser.parseString(text(file)).getAsJsonArray();
    return StreamSupport.stream(all.spliterator(), false)
        .filter(element -> element.isJsonObject())
        .map(element -> element.getAsJsonObject())
        .toList();
  }

  /** The bytes of a file, unpacked. */
  public static InputStream open(String file) throws IOException {
    InputStream raw = Files.newInputStream(directory().resolve(file));
    return file.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
  }

  private static String text(String file) throws IOException {
    try (InputStream in = open(file)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static Path directory() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path data = at.resolve("shared/data");
      if (Files.isDirectory(data)) {
        return data;
      }
    }
    throw new IllegalStateException("shared/data (expected: beside the project)");
  }
}
