package org.tidegate.app.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is told when the state of a list changes.
 *
 * @param webhook a web server; none for nobody
 * @param credentials the file of what it is sent as {@code Authorization}
 * @param authorities that its certificate must be signed by, if not the platform's
 * @param command a program by its path, then its arguments; empty for none
 * @param timeout of one attempt
 * @param place where that stands in the file
 */
public record AlarmSettings(
    @Nullable URI webhook,
    @Nullable Path credentials,
    @Nullable Path authorities,
    List<String> command,
    Duration timeout,
    String place) {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  static AlarmSettings read(Section alarm, Path directory) {
    AlarmSettings read =
        new AlarmSettings(
            alarm.find("webhook", Formats.WEB_ADDRESS),
            alarm.find("credentials", Formats.path(directory)),
            alarm.find("authorities", Formats.path(directory)),
            alarm.values("command", List.of(), Formats.TEXT),
            alarm.value(
                "timeout", TIMEOUT, Formats.time(Duration.ofSeconds(1), Duration.ofMinutes(1))),
            alarm.place());
    URI webhook = read.webhook();
    if (webhook == null && (read.credentials() != null || read.authorities() != null)) {
      alarm.problem("webhook", "missing (expected: an http or https URI)");
    }
    if (webhook != null
        && read.credentials() != null
        && !"https".equalsIgnoreCase(webhook.getScheme())) {
      alarm.problem("credentials", "given for plain http (expected: https)");
    }
    if (!read.command().isEmpty() && !Path.of(read.command().get(0)).isAbsolute()) {
      alarm.problem(
          "command", "no absolute path (expected: a program by its path, then its arguments)");
    }
    alarm.end();
    return read;
  }
}
