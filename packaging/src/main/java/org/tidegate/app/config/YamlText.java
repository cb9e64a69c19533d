package org.tidegate.app.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tidegate.app.config.YamlNode.Entry;
import org.tidegate.app.config.YamlNode.Mapping;
import org.tidegate.app.config.YamlNode.Nothing;
import org.tidegate.app.config.YamlNode.Scalar;
import org.tidegate.app.config.YamlNode.Sequence;

/** YAML as a tree of texts with their places: no types, no aliases, each key once. */
final class YamlText {
  private static final YAMLFactory FACTORY = new YAMLFactory();

  private final String file;
  private final Problems problems;

  YamlText(String file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** The text's keys with their values; none where it is no YAML, which is then a problem. */
  Mapping read(String text) {
    Mapping empty = new Mapping(file + ":1:1", Map.of());
    try (YAMLParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        return empty;
      }
      YamlNode root = node(parser);
      if (parser.nextToken() != null) {
        problems.add(place(parser), "", "a second document (expected: one)");
      }
      if (root instanceof Mapping mapping) {
        return mapping;
      }
      if (!(root instanceof Nothing)) {
        problems.add(root.place(), "", root.kind() + " (expected: keys with values)");
      }
    } catch (JsonProcessingException e) {
      problems.add(place(e.getLocation()), "", problem(e) + " (expected: YAML)");
    } catch (IOException e) {
      problems.add(file + ":1:1", "", "unreadable (expected: YAML)");
    }
    return empty;
  }

  private YamlNode node(YAMLParser parser) throws IOException {
    String place = place(parser);
    if (parser.isCurrentAlias()) {
      problems.add(place, "", "an alias (expected: the value written out)");
      return new Nothing(place);
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(place, parser);
      case START_ARRAY -> sequence(place, parser);
      case VALUE_NULL -> new Nothing(place);
      default -> new Scalar(place, parser.getText());
    };
  }

  private Mapping mapping(String place, YAMLParser parser) throws IOException {
    Map<String, Entry> entries = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      String at = place(parser);
      parser.nextToken();
      if (entries.putIfAbsent(key, new Entry(at, node(parser))) != null) {
        problems.add(at, Problems.shown(key), "a second time (expected: each key once)");
      }
    }
    return new Mapping(place, entries);
  }

  private Sequence sequence(String place, YAMLParser parser) throws IOException {
    List<YamlNode> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(parser));
    }
    return new Sequence(place, items);
  }

  private String place(YAMLParser parser) {
    return place(parser.currentTokenLocation());
  }

  private String place(JsonLocation location) {
    return location == null
        ? file + ":1:1"
        : file
            + ":"
            + Math.max(1, location.getLineNr())
            + ":"
            + Math.max(1, location.getColumnNr());
  }

  /** The parser's sentence about the problem; around it stand excerpts of the file. */
  private static String problem(JsonProcessingException e) {
    String sentence = "not understood";
    for (String line : String.valueOf(e.getOriginalMessage()).split("\\R")) {
      if (!line.isBlank() && !Character.isWhitespace(line.charAt(0))) {
        sentence = line.strip();
      }
    }
    return Problems.shown(sentence);
  }
}
