package org.tidegate.app;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tidegate.app.config.Configuration;
import org.tidegate.app.config.ConfigurationException;
import org.tidegate.app.config.ConfigurationReader;
import org.tidegate.app.config.ListSettings;
import org.tidegate.filter.ListPolicy;
import org.tidegate.filter.ListPolicy.Kind;
import org.tidegate.filter.ListPolicy.Mode;
import org.tidegate.proxy.admin.CanaryProbe;
import org.tidegate.proxy.listen.Listener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tidegate selftest}: asks the running gateway for what every list blocks. */
@Command(
    name = "selftest",
    description = {
      "Asks the gateway that runs by a configuration for the canary of every enforced list,"
          + " through",
      "each of its listeners, as a client would, and for a name that no list has. Exit code 0 if",
      "all is as it should be, 1 if not, 2 if no gateway answers.",
    })
final class SelftestCommand implements Callable<Integer> {
  private static final int FAILED_TEST = 1;
  private static final int NAME_NOT_FOUND = 502;
  private static final int NOT_READY = 503;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The configuration that the gateway runs by.")
  private @Nullable Path file;

  @Override
  public Integer call() throws CommandFailedException {
    Path read = requireNonNull(file);
    try {
      return test(ConfigurationReader.read(read, System.getenv()));
    } catch (ConfigurationException e) {
      PrintWriter err = requireNonNull(spec).commandLine().getErr();
      e.problems().forEach(err::println);
      return Tidegate.FAILED;
    } catch (IOException e) {
      throw new CommandFailedException(read + " cannot be read");
    }
  }

  private int test(Configuration configuration) throws CommandFailedException {
    boolean good = true;
    boolean asked = false;
    for (Listener listener : configuration.listeners()) {
      CanaryProbe probe = new CanaryProbe(listener);
      if (probe.isAdmitted()) {
        good &= nothingElseIsBlocked(listener, probe);
        for (ListSettings list : configuration.lists()) {
          if (isEnforced(list.policy())
              && configuration.policy().holdsFor(list.policy(), probe.client())) {
            asked = true;
            good &= isBlocked(listener, probe, list.name());
          }
        }
      }
    }
    if (!asked) {
      tell("nothing", "no list is enforced for this machine", false);
    }
    return good && asked ? 0 : FAILED_TEST;
  }

  private static boolean isEnforced(ListPolicy policy) {
    return policy.kind() != Kind.ALLOW && policy.mode() == Mode.ENFORCE;
  }

  private boolean isBlocked(Listener listener, CanaryProbe probe, String list)
      throws CommandFailedException {
    int status = status(listener, probe, list);
    boolean blocked = CanaryProbe.isSplash(OptionalInt.of(status));
    String seen =
        switch (status) {
          case NAME_NOT_FOUND -> "passed on, not blocked";
          case NOT_READY -> "refused: a list is missing";
          default -> blocked ? "blocked" : "answered " + status;
        };
    tell("list " + list + " at " + Addresses.text(listener.address()), seen, blocked);
    return blocked;
  }

  /** An answer that blocks whatever it is asked for would look like one that blocks the canary. */
  private boolean nothingElseIsBlocked(Listener listener, CanaryProbe probe)
      throws CommandFailedException {
    String unlisted = "selftest-" + Integer.toHexString(new SecureRandom().nextInt());
    int status = status(listener, probe, unlisted);
    boolean blocked = CanaryProbe.isSplash(OptionalInt.of(status));
    tell(
        "a name on no list at " + Addresses.text(listener.address()),
        blocked ? "blocked" : "not blocked",
        !blocked);
    return !blocked;
  }

  private static int status(Listener listener, CanaryProbe probe, String list)
      throws CommandFailedException {
    return probe
        .ask(list)
        .orElseThrow(
            () ->
                new CommandFailedException(
                    "no gateway answers at "
                        + Addresses.text(listener.address())
                        + " (expected: tidegate run with this configuration)"));
  }

  private void tell(String what, String seen, boolean good) {
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    out.println((good ? "\u2713 " : "\u2717 ") + what + ": " + seen);
  }
}
