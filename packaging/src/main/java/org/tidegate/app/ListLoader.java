package org.tidegate.app;

import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidegate.app.config.ConfigurationException;
import org.tidegate.app.config.ListSettings;
import org.tidegate.app.config.ListSource;
import org.tidegate.app.config.Problem;
import org.tidegate.filter.ListPolicy;
import org.tidegate.filter.index.Compilation;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.index.ListCompiler;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.filter.index.ListKey;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.list.ListSink;
import org.tidegate.filter.list.RefusalReason;
import org.tidegate.publish.source.SourceException;
import org.tidegate.sync.disk.ListBytes;

/** Reads the lists that a configuration names from their files. For one thread. */
final class ListLoader {
  private static final Logger LOG = LoggerFactory.getLogger("org.tidegate.lists");

  /** A list and the key to install it with. */
  record Loaded(CompiledList list, ListKey key) {}

  /** The lists in files, ready, and the signed ones, which are still to be restored or fetched. */
  record Lists(List<Loaded> inFiles, List<SignedList> signed) {}

  /** For lists that have no key of their own: in this process only. */
  private final ListKey processKey = ListKey.random(new SecureRandom());

  /**
   * Reads all of them.
   *
   * @throws ConfigurationException with a problem for each that cannot be used
   */
  Lists load(List<ListSettings> settings) throws ConfigurationException {
    List<Loaded> inFiles = new ArrayList<>();
    List<SignedList> signed = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (ListSettings list : settings) {
      try {
        if (list.source() instanceof ListSource.Signed source) {
          signed.add(SignedList.read(list, source));
        } else {
          inFiles.add(load(list));
        }
      } catch (UnusableException e) {
        problems.add(
            new Problem(list.sourcePlace(), "lists." + list.name() + ".source", e.problem()));
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return new Lists(List.copyOf(inFiles), List.copyOf(signed));
  }

  private Loaded load(ListSettings settings) throws UnusableException {
    try {
      return settings.source() instanceof ListSource.CompiledFile compiled
          ? open(settings.name(), compiled)
          : compile(settings, (ListSource.TextFile) settings.source());
    } catch (ListFormatException e) {
      throw new UnusableException("not usable: " + e.reason() + " (expected: a compiled list)");
    } catch (SourceException e) {
      throw new UnusableException("file: " + e.getMessage() + " (expected: a list)");
    } catch (IOException e) {
      throw new UnusableException("file: cannot be read (expected: a list)");
    }
  }

  private static Loaded open(String name, ListSource.CompiledFile source)
      throws IOException, ListFormatException, UnusableException {
    ListKey key = SignedList.key(source.listKey());
    CompiledList list = CompiledList.open(ListBytes.read(source.file()));
    if (!list.name().equals(name)) {
      throw new UnusableException("list '" + list.name() + "' (expected: '" + name + "')");
    }
    if (!list.hasKey(key)) {
      throw new UnusableException(
          "compiled with key " + list.keyId() + " (expected: list-key, which is " + key.id() + ")");
    }
    return new Loaded(list, key);
  }

  private Loaded compile(ListSettings settings, ListSource.TextFile source)
      throws IOException, ListFormatException, UnusableException {
    boolean directory = Files.isDirectory(source.file());
    if (directory == source.format().parts().isEmpty()) {
      throw new UnusableException(
          directory
              ? "file: a directory (expected: a file)"
              : "file: a file (expected: a directory)");
    }
    ListKey key =
        source.listKey().isPresent() ? SignedList.key(source.listKey().get()) : processKey;
    Instant edition = Files.getLastModifiedTime(source.file()).toInstant();
    long serial = Math.max(0, edition.getEpochSecond());
    ListCompiler compiler =
        new ListCompiler(key, settings.name(), serial, Instant.ofEpochSecond(serial));
    source.confirmed().forEach(compiler::confirm);
    Entries entries = new Entries(compiler);
    new ListText(source.file(), source.format()).read(entries);
    Compilation compilation = compiler.compile();
    entries.tell(settings.name(), compilation);
    CompiledList list = CompiledList.open(compilation.bytes());
    if (list.entries() == 0 && settings.policy().kind() != ListPolicy.Kind.ALLOW) {
      throw new UnusableException("file: no entry is left (expected: one at least)");
    }
    return new Loaded(list, key);
  }

  private static final class Entries implements ListSink {
    private final ListCompiler compiler;
    private final Map<RefusalReason, Integer> refusals = new EnumMap<>(RefusalReason.class);
    private int skipped;

    Entries(ListCompiler compiler) {
      this.compiler = compiler;
    }

    @Override
    public void entry(int line, ListEntry entry) {
      compiler.add(entry, line);
    }

    @Override
    public void refused(int line, RefusalReason reason) {
      refusals.merge(reason, 1, Integer::sum);
    }

    @Override
    public void skipped(int line) {
      skipped++;
    }

    /** Where the list is less than its text says, somebody has to know. */
    void tell(String name, Compilation made) {
      if (!refusals.isEmpty() || made.heldBack() > 0) {
        LOG.warn("{}", ListSummary.of("list " + name, made.entries(), made, skipped, refusals));
      }
    }
  }
}
