package org.tidegate.app;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tidegate.publish.Draft;
import org.tidegate.publish.PublishException;
import org.tidegate.publish.source.SourceException;
import org.tidegate.sync.disk.Disk;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tidegate list compile}: a compiled list in a file, unsigned. */
@Command(name = "compile", description = "Compiles a list into a file, without signing it.")
final class ListCompileCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private SourceOptions list = new SourceOptions();

  @Option(
      names = "--list-key",
      required = true,
      paramLabel = "FILE",
      description = "The list key (PUB/list.key).")
  private @Nullable Path key;

  @Option(
      names = "--name",
      required = true,
      paramLabel = "N",
      description = "The list's name: lower-case letters, digits and hyphens.")
  private String name = "";

  @Option(
      names = "--serial",
      paramLabel = "S",
      defaultValue = "1",
      description = "The edition's serial (default: 1).")
  private long serial;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "The compiled list; only its owner may read it.")
  private @Nullable Path output;

  @Override
  public Integer call() throws CommandFailedException {
    CommandLine line = requireNonNull(spec).commandLine();
    try {
      Draft draft =
          Draft.compile(
              ListKeyOption.read(requireNonNull(key)),
              name,
              serial,
              Instant.now(),
              list.source(line.getErr()));
      new Disk().writePrivate(requireNonNull(output), draft.bytes());
      line.getErr().println(ListPublishCommand.summary(draft));
      return 0;
    } catch (PublishException | SourceException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new CommandFailedException("cannot read or write: " + e.getClass().getSimpleName());
    }
  }
}
