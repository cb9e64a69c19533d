package org.tidegate.app;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.filter.index.ListKey;
import org.tidegate.publish.Draft;
import org.tidegate.publish.ListKeyFile;
import org.tidegate.publish.PublishException;
import org.tidegate.publish.Publisher;
import org.tidegate.publish.source.SourceException;
import org.tidegate.sync.disk.Disk;
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

  @Option(
      names = "--created",
      paramLabel = "TIME",
      description = {
        "The edition's creation time, as 2026-11-01T12:00:00Z (default: when the list's file",
        "changed last, so that the same file gives the same bytes; else now)."
      })
  private @Nullable Instant created;

  @Option(
      names = "--pre-check-key",
      paramLabel = "FILE",
      description = {
        "The key of the pre-check, which is written beside the list as .bloom",
        "(default: pre-check.key beside the list key, if it is there)."
      })
  private @Nullable Path preCheckKey;

  @Option(
      names = "--previous",
      paramLabel = "FILE",
      description = {
        "The edition before, as it was compiled: where the list has grown or shrunk suddenly since,",
        "it is held back."
      })
  private @Nullable Path previous;

  @Option(
      names = "--any-size",
      description = "Compile it also where its size changed suddenly, or no entry is left.")
  private boolean anySize;

  @Override
  public Integer call() throws CommandFailedException {
    PrintWriter err = requireNonNull(spec).commandLine().getErr();
    try {
      requireOwnOutput();
      Draft draft =
          Draft.compile(
              ListKeyOption.read(requireNonNull(key)),
              preCheckKey(),
              name,
              serial,
              created(),
              list.source(err));
      list.tellHeld(draft.compilation(), err);
      err.println(ListSummary.of(draft));
      if (!anySize) {
        draft.requireUsualSize(previousEntries());
      }
      write(draft);
      return 0;
    } catch (PublishException | SourceException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new CommandFailedException("cannot read or write: " + e.getClass().getSimpleName());
    }
  }

  /** A slip must not cost the list's text or its key, which may be nowhere else. */
  private void requireOwnOutput() throws IOException, CommandFailedException {
    Path file = requireNonNull(output);
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new CommandFailedException("--output: no plain file (expected: one, or a new name)");
    }
    List<Path> sources = new ArrayList<>(List.of(requireNonNull(key)));
    list.file().ifPresent(sources::add);
    for (Path source : sources) {
      if (Files.exists(file) && Files.exists(source) && Files.isSameFile(file, source)) {
        throw new CommandFailedException("--output: a file that it is made from");
      }
    }
  }

  private int previousEntries() throws IOException, CommandFailedException {
    if (previous == null) {
      return 0;
    }
    try {
      CompiledList list = CompiledList.open(Files.readAllBytes(previous));
      if (!list.name().equals(name)) {
        throw new CommandFailedException(
            "--previous: list '" + list.name() + "' (expected: '" + name + "')");
      }
      return list.entries();
    } catch (ListFormatException e) {
      throw new CommandFailedException(
          "--previous: not usable: " + e.reason() + " (expected: a compiled list)");
    }
  }

  private Instant created() throws IOException {
    if (created != null) {
      return created;
    }
    Optional<Path> file = list.file();
    return file.isEmpty() ? Instant.now() : Files.getLastModifiedTime(file.get()).toInstant();
  }

  private Optional<ListKey> preCheckKey() throws IOException, PublishException {
    Path beside = requireNonNull(key).resolveSibling(Publisher.PRE_CHECK_KEY);
    if (preCheckKey == null && !Files.exists(beside)) {
      return Optional.empty();
    }
    return Optional.of(ListKeyFile.read(preCheckKey == null ? beside : preCheckKey));
  }

  private void write(Draft draft) throws CommandFailedException {
    Path file = requireNonNull(output);
    Disk disk = new Disk();
    try {
      disk.writePrivate(file, draft.bytes());
      Optional<byte[]> preCheck = draft.compilation().preCheck();
      if (preCheck.isPresent()) {
        String plain = file.getFileName().toString().replaceFirst("\\.tgl$", "");
        disk.writePrivate(file.resolveSibling(plain + ".bloom"), preCheck.get());
      }
    } catch (IOException e) {
      throw new CommandFailedException("--output: cannot be written");
    }
  }
}
