package org.tidegate.publish;

import java.util.Map;
import org.tidegate.filter.index.ListKey;

/** The target with a list's pre-check, and the key that it was made with. */
record PreCheckTarget(TargetFile file, ListKey key) {

  Map<String, Object> fields() {
    return Map.of(
        "path", file.path(),
        "length", file.length(),
        "sha256", file.sha256(),
        "key_id", key.id());
  }
}
