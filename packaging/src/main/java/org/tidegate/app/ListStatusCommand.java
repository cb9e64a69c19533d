package org.tidegate.app;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tidegate.sync.ListStatus;
import org.tidegate.sync.json.CanonicalJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tidegate list status}: how the stored lists stand. */
@Command(
    name = "status",
    description = "Prints serial, entries, age and last outcome of each list.")
final class ListStatusCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private StoreOption store = new StoreOption();

  @Option(names = "--json", description = "As JSON, for programs.")
  private boolean json;

  @Override
  public Integer call() throws CommandFailedException {
    Instant now = Instant.now();
    List<ListStatus> all = store.status(now);
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    if (json) {
      List<Map<String, Object>> lists = all.stream().map(list -> fields(list, now)).toList();
      byte[] bytes = CanonicalJson.bytes(Map.of("lists", lists));
      out.println(new String(bytes, StandardCharsets.UTF_8));
    } else {
      all.forEach(list -> out.println(line(list)));
    }
    return 0;
  }

  private static Map<String, Object> fields(ListStatus list, Instant now) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("name", list.name());
    fields.put("freshness", list.freshness().word());
    fields.put("cause", list.cause());
    fields.put("outcome", list.outcome());
    fields.put("reason", list.reason());
    list.pin()
        .ifPresent(
            pin ->
                fields.put(
                    "pinned",
                    Map.of("serial", pin.serial(), "at", pin.at().toString(), "why", pin.why())));
    list.attempted().ifPresent(time -> fields.put("attempted", time.toString()));
    list.succeeded().ifPresent(time -> fields.put("succeeded", time.toString()));
    list.edition()
        .ifPresent(
            edition -> {
              fields.put("serial", edition.serial());
              fields.put("entries", edition.entries());
              fields.put("key_id", edition.keyId());
              fields.put("created", edition.created().toString());
              fields.put("verified", edition.verified().toString());
              fields.put("expires", edition.expires().toString());
              fields.put("age_seconds", Duration.between(edition.created(), now).toSeconds());
            });
    return fields;
  }

  private static String line(ListStatus list) {
    String edition =
        list.edition()
            .map(e -> "serial " + e.serial() + ", " + e.entries() + " entries, " + e.created())
            .orElse("no list");
    String reason = list.reason().isEmpty() ? "" : " (" + list.reason() + ")";
    String last =
        list.attempted()
            .map(at -> ", last update " + list.outcome() + reason + " " + at)
            .orElse("");
    String pinned =
        list.pin().map(pin -> ", pinned to serial " + pin.serial() + " " + pin.at()).orElse("");
    String cause = list.cause().isEmpty() ? "" : " (" + list.cause() + ")";
    return list.name() + ": " + list.freshness().word() + cause + ", " + edition + last + pinned;
  }
}
