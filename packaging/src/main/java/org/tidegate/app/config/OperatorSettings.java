package org.tidegate.app.config;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the operator sees of a gateway.
 *
 * @param address of the admin endpoint; none for no endpoint
 * @param place where that stands in the file
 * @param canaryInterval between two questions for a canary
 * @param json whether log lines are JSON objects
 * @param showClients whether logs of blocks tell the client's address and group
 */
public record OperatorSettings(
    @Nullable InetSocketAddress address,
    String place,
    Duration canaryInterval,
    boolean json,
    boolean showClients) {
  private static final Duration CANARY_INTERVAL = Duration.ofSeconds(10);
  private static final Format<Boolean> LOG_FORMAT = Format.word("plain", false, "json", true);
  private static final Format<Boolean> CLIENTS = Format.word("hide", false, "show", true);

  public Optional<InetSocketAddress> admin() {
    return Optional.ofNullable(address);
  }

  static OperatorSettings read(Section admin, Section log, Profile profile) {
    OperatorSettings read =
        new OperatorSettings(
            admin.find("listen", Formats.LISTENER),
            admin.place("listen"),
            admin.value(
                "canary-interval",
                CANARY_INTERVAL,
                Formats.time(Duration.ofSeconds(1), Duration.ofHours(1))),
            log.value("format", false, LOG_FORMAT),
            log.value("clients", false, CLIENTS));
    if (read.showClients() && profile != Profile.SCHOOL) {
      log.problem("clients", "'show' (expected: hide, or profile: school)");
    }
    admin.end();
    log.end();
    return read;
  }
}
