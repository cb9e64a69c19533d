package org.tidegate.app;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidegate.app.config.ConfigurationException;
import org.tidegate.app.config.Problem;
import org.tidegate.proxy.ListenException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tidegate run}: the gateway, until it is told to stop. */
@Command(
    name = "run",
    description = {
      "Runs the gateway.",
      "SIGHUP reads the configuration again; SIGTERM ends it when the requests under way are done.",
    })
final class RunCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger("org.tidegate.run");

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The configuration; conf/tidegate.yaml explains every key.")
  private @Nullable Path file;

  @Override
  public Integer call() throws Exception {
    Signals signals = Signals.listen();
    try (RunningGateway gateway = start(requireNonNull(file))) {
      LOG.info(
          "ready: listening on {}; {}", Addresses.text(gateway.addresses()), gateway.summary());
      gateway.fewerConnections().ifPresent(LOG::warn);
      while (signals.await() == Signals.Request.RELOAD) {
        reload(gateway);
      }
      LOG.info("stopping: no new connection is taken, requests under way end");
    } catch (ConfigurationException e) {
      e.problems().forEach(problem -> requireNonNull(spec).commandLine().getErr().println(problem));
      return Tidegate.FAILED;
    }
    LOG.info("stopped");
    return 0;
  }

  private static RunningGateway start(Path file)
      throws ConfigurationException, CommandFailedException {
    try {
      return RunningGateway.start(file, System.getenv());
    } catch (ListenException e) {
      throw new CommandFailedException(Addresses.cannotListen(e) + " (listeners in " + file + ")");
    } catch (IOException e) {
      throw new CommandFailedException(file + " cannot be read");
    }
  }

  private static void reload(RunningGateway gateway) {
    try {
      gateway.reload();
      LOG.info(
          "reloaded: listening on {}; {}", Addresses.text(gateway.addresses()), gateway.summary());
    } catch (ConfigurationException e) {
      for (Problem problem : e.problems()) {
        LOG.warn("not reloaded, the old configuration stays: {}", problem);
      }
    } catch (RuntimeException e) {
      LOG.error(
          "not reloaded, the old configuration stays: unexpected {}", e.getClass().getSimpleName());
    }
  }
}
