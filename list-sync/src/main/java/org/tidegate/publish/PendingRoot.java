package org.tidegate.publish;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidegate.publish.RootMetadata.Signers;
import org.tidegate.sync.json.CanonicalJson;
import org.tidegate.sync.json.Json;
import org.tidegate.sync.json.JsonException;
import org.tidegate.sync.json.JsonObject;

/** One new root and the signatures that it has so far. Immutable. */
final class PendingRoot {
  private final RootMetadata metadata;
  private final JsonObject signed;
  private final Map<String, String> signatures;

  private PendingRoot(RootMetadata metadata, JsonObject signed, Map<String, String> signatures) {
    this.metadata = metadata;
    this.signed = signed;
    this.signatures = new LinkedHashMap<>(signatures);
  }

  static PendingRoot parse(byte[] bytes) throws PublishException {
    try {
      JsonObject file = Json.parse(bytes);
      JsonObject signed = file.object("signed");
      Map<String, String> signatures = new LinkedHashMap<>();
      for (JsonObject signature : file.objects("signatures")) {
        signatures.put(signature.string("keyid"), signature.string("sig"));
      }
      return new PendingRoot(RootMetadata.parse(signed), signed, signatures);
    } catch (JsonException e) {
      throw new PublishException("no root to be signed");
    }
  }

  RootMetadata metadata() {
    return metadata;
  }

  byte[] message() {
    return CanonicalJson.message(signed.fields());
  }

  boolean isSame(PendingRoot other) {
    return signed.equals(other.signed);
  }

  List<Map<String, String>> signatures() {
    List<Map<String, String>> all = new ArrayList<>();
    signatures.forEach((id, sig) -> all.add(Map.of("keyid", id, "sig", sig)));
    return all;
  }

  /** This with more signatures. */
  PendingRoot with(List<Map<String, String>> more) {
    Map<String, String> all = new LinkedHashMap<>(signatures);
    more.forEach(one -> all.put(one.getOrDefault("keyid", ""), one.getOrDefault("sig", "")));
    return new PendingRoot(metadata, signed, all);
  }

  /** The keys whose signatures count: those of the root before, and its own. */
  Set<String> signers(RootMetadata before) {
    Set<String> ids = new LinkedHashSet<>(before.signers(Role.ROOT).keyIds());
    ids.addAll(metadata.signers(Role.ROOT).keyIds());
    return ids;
  }

  /** How many signatures of whom are missing. */
  Optional<String> missing(RootMetadata before) throws PublishException {
    int ofBefore = missingOf(before);
    int ofOwn = missingOf(metadata);
    return ofBefore + ofOwn == 0
        ? Optional.empty()
        : Optional.of(
            "root "
                + metadata.version()
                + ": "
                + ofBefore
                + " more of the keys before, "
                + ofOwn
                + " more of its own");
  }

  private int missingOf(RootMetadata root) throws PublishException {
    Signers signers = root.signers(Role.ROOT);
    int found = 0;
    for (String id : new HashSet<>(signers.keyIds())) {
      String signature = signatures.get(id);
      found += signature != null && root.hasSigned(id, message(), signature) ? 1 : 0;
    }
    return Math.max(0, signers.threshold() - found);
  }

  /** The file, as it is published, with the signatures that count. */
  byte[] publishable(RootMetadata before) {
    Set<String> counting = signers(before);
    List<Map<String, String>> kept =
        signatures().stream().filter(one -> counting.contains(one.get("keyid"))).toList();
    return CanonicalJson.bytes(Map.of("signed", signed.fields(), "signatures", kept));
  }

  byte[] bytes() {
    return CanonicalJson.bytes(Map.of("signed", signed.fields(), "signatures", signatures()));
  }
}
