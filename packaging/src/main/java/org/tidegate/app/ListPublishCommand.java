package org.tidegate.app;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tidegate.publish.Draft;
import org.tidegate.publish.EntrySource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tidegate list publish}: the next edition of a list. */
@Command(name = "publish", description = "Compiles, signs and publishes the next serial of a list.")
final class ListPublishCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private PublisherOptions publisher = new PublisherOptions();

  @Mixin private SourceOptions list = new SourceOptions();

  @Option(
      names = "--name",
      required = true,
      paramLabel = "N",
      description = "The list's name: lower-case letters, digits and hyphens.")
  private String name = "";

  @Option(
      names = "--any-size",
      description = "Publish it also where it has suddenly grown or shrunk, or is empty.")
  private boolean anySize;

  @Option(
      names = "--if-changed",
      description = "Publish nothing where the entries are the same; the timestamp is signed anew.")
  private boolean ifChanged;

  @Override
  public Integer call() throws CommandFailedException {
    CommandLine line = requireNonNull(spec).commandLine();
    EntrySource source = list.source(line.getErr());
    publisher.run(
        of -> {
          if (ifChanged && of.isUnchanged(name, source, Instant.now())) {
            line.getOut().println("list " + name + ": unchanged");
            return;
          }
          Draft draft = of.publish(name, source, anySize, Instant.now());
          list.tellHeld(draft.compilation(), line.getErr());
          line.getErr().println(ListSummary.of(draft));
          line.getOut().println("list " + name + ": serial " + draft.serial() + " published");
        });
    return 0;
  }
}
