package org.tidegate.publish;

import java.util.Map;
import org.tidegate.sync.json.JsonException;
import org.tidegate.sync.json.JsonObject;

/** A target: its path, and what the targets metadata states of it. */
record TargetFile(String path, long length, String sha256) {

  static TargetFile of(String path, byte[] bytes) {
    return new TargetFile(path, bytes.length, SigningKey.sha256(bytes));
  }

  static TargetFile parse(String path, JsonObject stated) throws JsonException {
    return new TargetFile(path, stated.number("length"), stated.object("hashes").string("sha256"));
  }

  static String manifestPath(String list) {
    return "lists/" + list + "/manifest.json";
  }

  static String listPath(String list, long serial) {
    return "lists/" + list + "/" + serial + ".tgl";
  }

  static String preCheckPath(String list, long serial) {
    return "lists/" + list + "/" + serial + ".bloom";
  }

  static String deltaPath(String list, long serial) {
    return "lists/" + list + "/" + serial + ".delta";
  }

  /** Where the file lies: consistent snapshots put the hash before its name. */
  String location() {
    int name = path.lastIndexOf('/') + 1;
    return "targets/" + path.substring(0, name) + sha256 + "." + path.substring(name);
  }

  Map<String, Object> fields() {
    return Map.of("length", length, "hashes", Map.of("sha256", sha256));
  }
}
