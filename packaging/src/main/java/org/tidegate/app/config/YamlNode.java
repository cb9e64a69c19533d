package org.tidegate.app.config;

import java.util.List;
import java.util.Map;

/** A value of the file and where it stands. */
sealed interface YamlNode {
  /** {@code FILE:LINE:COLUMN}. */
  String place();

  /** What it is, for a message. */
  String kind();

  /** A value left empty, as if its key were not there. */
  record Nothing(String place) implements YamlNode {
    @Override
    public String kind() {
      return "nothing";
    }
  }

  /** A single value, as it is written. */
  record Scalar(String place, String text) implements YamlNode {
    @Override
    public String kind() {
      return "a single value";
    }
  }

  /** A list. */
  record Sequence(String place, List<YamlNode> items) implements YamlNode {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** Keys with values, in the order of the file. */
  record Mapping(String place, Map<String, Entry> entries) implements YamlNode {
    @Override
    public String kind() {
      return "keys with values";
    }
  }

  /** One key with its value. */
  record Entry(String place, YamlNode value) {}
}
