package org.tidegate.sync.tuf;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.tidegate.sync.json.Json;
import org.tidegate.sync.json.JsonException;
import org.tidegate.sync.json.JsonObject;

/** The form of signed metadata, before anybody trusts it (V2). */
final class SignedForm {
  private static final int MAX_SIGNATURES = 64;
  private static final Pattern HEX = Pattern.compile("(?:[0-9a-f]{2})*");

  private SignedForm() {}

  static void check(byte[] bytes, boolean isRoot) throws RefusedException {
    try {
      JsonObject metadata = Json.parse(bytes);
      checkSignatures(metadata.objects("signatures"));
      JsonObject signed = metadata.object("signed");
      signed.string("_type");
      signed.number("version");
      signed.time("expires");
      if (isRoot) {
        checkKeys(signed.object("keys"));
      }
    } catch (JsonException e) {
      throw new RefusedException(e.isTruncated() ? ReasonCode.TRUNCATED : ReasonCode.MALFORMED);
    }
  }

  /** The keys that signed, or say that they did. */
  static Set<String> signers(byte[] bytes) throws JsonException {
    Set<String> signers = new HashSet<>();
    for (JsonObject signature : Json.parse(bytes).objects("signatures")) {
      signers.add(signature.string("keyid"));
    }
    return signers;
  }

  /** The keys that a root names for the role. */
  static Set<String> keys(byte[] root, String role) throws JsonException {
    JsonObject roles = Json.parse(root).object("signed").object("roles");
    return new HashSet<>(roles.object(role).strings("keyids"));
  }

  static String role(byte[] bytes) throws JsonException {
    return Json.parse(bytes).object("signed").string("_type");
  }

  private static void checkSignatures(List<JsonObject> signatures)
      throws JsonException, RefusedException {
    if (signatures.size() > MAX_SIGNATURES) {
      throw new RefusedException(ReasonCode.MALFORMED);
    }
    for (JsonObject signature : signatures) {
      signature.string("keyid");
      if (!HEX.matcher(signature.string("sig")).matches()) {
        throw new RefusedException(ReasonCode.TAMPERED);
      }
    }
  }

  /** One key under two ids would count twice towards a threshold. */
  private static void checkKeys(JsonObject keys) throws JsonException, RefusedException {
    Set<String> values = new HashSet<>();
    for (String id : keys.names()) {
      if (!values.add(keys.object(id).object("keyval").string("public"))) {
        throw new RefusedException(ReasonCode.MALFORMED);
      }
    }
  }
}
