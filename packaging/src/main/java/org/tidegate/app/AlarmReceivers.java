package org.tidegate.app;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.tidegate.app.alarm.AlarmCommand;
import org.tidegate.app.alarm.Receiver;
import org.tidegate.app.alarm.Webhook;
import org.tidegate.app.config.AlarmSettings;
import org.tidegate.app.config.ConfigurationException;
import org.tidegate.app.config.Problem;
import org.tidegate.sync.TlsFiles;
import org.tidegate.sync.tuf.HttpAccess.Authorization;

/** Who is told of alarms, with the files that the configuration names. */
final class AlarmReceivers {
  private AlarmReceivers() {}

  /**
   * Opens them.
   *
   * @throws ConfigurationException where a file cannot be used
   */
  static List<Receiver> open(AlarmSettings settings) throws ConfigurationException {
    List<Receiver> receivers = new ArrayList<>();
    try {
      URI webhook = settings.webhook();
      if (webhook != null) {
        Authorization credentials = RepositoryAccess.authorization(settings.credentials());
        receivers.add(
            new Webhook(webhook, credentials, tls(settings.authorities()), settings.timeout()));
      }
      if (!settings.command().isEmpty()) {
        receivers.add(command(settings));
      }
      return List.copyOf(receivers);
    } catch (UnusableException e) {
      Problem problem = new Problem(settings.place(), "alarm", String.valueOf(e.getMessage()));
      throw new ConfigurationException(List.of(problem));
    }
  }

  private static Optional<SSLContext> tls(@Nullable Path authorities) throws UnusableException {
    try {
      return authorities == null
          ? Optional.empty()
          : Optional.of(TlsFiles.context(Optional.of(authorities), Optional.empty()));
    } catch (IOException | GeneralSecurityException e) {
      throw new UnusableException("authorities: not usable (expected: PEM)");
    }
  }

  private static Receiver command(AlarmSettings settings) throws UnusableException {
    if (!Files.isExecutable(Path.of(settings.command().get(0)))) {
      throw new UnusableException("command: cannot be started (expected: an executable file)");
    }
    return new AlarmCommand(settings.command(), settings.timeout());
  }
}
