package org.tidegate.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.tidegate.app.config.YamlNode.Mapping;
import org.tidegate.app.config.YamlNode.Sequence;

/** The file that explains every key says what the code does, and leaves nothing out. */
class ShippedConfigurationTest {
  private static final Path FILE = Path.of("src/main/dist/conf/tidegate.yaml");
  private static final Path MANUAL = Path.of("../docs/operating.md");
  private static final String FREE_KEYS = "lists[].splash.texts";

  @Test
  void itsDefaultsAreThoseOfTheCode() throws IOException, ConfigurationException {
    assertThat(read(Files.readString(FILE)))
        .usingRecursiveComparison()
        .ignoringFields(
            "operator.place",
            "alarm.place",
            "splash.place",
            "upstream.credentials.place",
            "upstream.trustPlace",
            "inspection.place")
        .isEqualTo(read(""));
  }

  @Test
  void itsExamplesAreGood() throws IOException, ConfigurationException {
    Configuration read = read(withExamples());
    assertThat(read.lists()).hasSize(4);
    assertThat(read.policy().groups()).hasSize(2);
  }

  @Test
  void itHasEveryKeyThatIsKnownAndNoOther() throws IOException, ConfigurationException {
    String text = withExamples();
    Set<String> written = new TreeSet<>();
    collect(new YamlText("shipped", new Problems()).read(text), "", written);
    assertThat(written).isEqualTo(ConfigurationReader.knownKeys(text));
  }

  @Test
  void theManualHasEveryKey() throws IOException, ConfigurationException {
    String whole = Files.readString(MANUAL);
    String manual = whole.substring(whole.indexOf("## The file"), whole.indexOf("### Variables"));
    Set<String> described = new TreeSet<>();
    Matcher row = Pattern.compile("(?m)^\\| `([a-z0-9\\[\\].-]+)` \\|").matcher(manual);
    while (row.find()) {
      described.add(row.group(1));
    }
    Set<String> leaves = new TreeSet<>(ConfigurationReader.knownKeys(withExamples()));
    Deque<String> all = new ArrayDeque<>(leaves);
    leaves.removeIf(
        key -> all.stream().anyMatch(k -> k.startsWith(key + ".") || k.startsWith(key + "[]")));
    assertThat(described).isEqualTo(leaves);
  }

  /** The file with its examples brought to life: keys that stand behind a #. */
  private static String withExamples() throws IOException {
    return Pattern.compile("(?m)^#(?= +(?:- )?[a-z*\"-]+:)")
        .matcher(Files.readString(FILE))
        .replaceAll("");
  }

  private static void collect(YamlNode node, String path, Set<String> keys) {
    if (node instanceof Sequence sequence) {
      sequence.items().forEach(item -> collect(item, path + "[]", keys));
    } else if (node instanceof Mapping mapping && !path.equals(FREE_KEYS)) {
      mapping
          .entries()
          .forEach(
              (key, entry) -> {
                String at = path.isEmpty() ? key : path + "." + key;
                keys.add(at);
                collect(entry.value(), at, keys);
              });
    }
  }

  private static Configuration read(String text) throws ConfigurationException {
    return ConfigurationReader.read("c.yaml", text, Path.of("/etc/tidegate"), Map.of());
  }
}
