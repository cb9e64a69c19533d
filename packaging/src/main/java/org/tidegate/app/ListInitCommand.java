package org.tidegate.app;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tidegate.publish.PublishException;
import org.tidegate.publish.Publisher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidegate list init}: a new publisher. */
@Command(
    name = "init",
    description = {
      "Makes keys, a trusted root, a list key and an empty repository.",
      "PUB/repository is for a web server; PUB/root.json and PUB/list.key are for gateways;",
      "PUB/keys stays here, its root keys better somewhere else.",
    })
final class ListInitCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private PublisherOptions options = new PublisherOptions();

  @Option(
      names = "--root-keys",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many root keys there are (default: 3).")
  private int rootKeys;

  @Option(
      names = "--root-threshold",
      paramLabel = "M",
      defaultValue = "2",
      description = "How many of them must sign (default: 2).")
  private int threshold;

  @Override
  public Integer call() throws CommandFailedException {
    try {
      Publisher publisher =
          Publisher.init(
              options.directory(),
              keys(),
              options.lifetimes(),
              options.passphrase(),
              Instant.now());
      requireNonNull(spec)
          .commandLine()
          .getOut()
          .println("publisher: " + publisher.trustedRoot() + ", " + publisher.listKeyFile());
      return 0;
    } catch (PublishException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new CommandFailedException("cannot write: " + e.getClass().getSimpleName());
    }
  }

  private Publisher.RootKeys keys() {
    try {
      return new Publisher.RootKeys(rootKeys, threshold);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          requireNonNull(spec).commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
