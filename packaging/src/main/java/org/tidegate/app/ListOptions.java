package org.tidegate.app;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.filter.list.ListFormat;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.publish.EntrySource;
import org.tidegate.publish.source.SourceException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every command that reads the text of a list. */
final class ListOptions {

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = "--list",
      required = true,
      paramLabel = "FILE",
      description = "The list; packed by gzip, zstd or zip, or a directory (squidguard).")
  private @Nullable Path path;

  @Option(
      names = "--format",
      required = true,
      paramLabel = "F",
      description = "native, urls, domains, hosts, squidguard, adblock or rpz.")
  private @Nullable String format;

  @Option(
      names = "--confirm",
      paramLabel = "NAME",
      description = "A public suffix that is meant to be listed as a domain; repeatable.")
  private List<String> confirmed = new ArrayList<>();

  @Option(names = "--refused", description = "Name the refused lines by number and reason.")
  private boolean refused;

  /** Loads the list and tells its counts; what is wrong is a {@link ParameterException}. */
  LoadedList load(PrintStream err) {
    return load(err, false);
  }

  /** As {@link #load(PrintStream)}, for what asks for the list's text again. */
  LoadedList loadWithText(PrintStream err) {
    return load(err, true);
  }

  private LoadedList load(PrintStream err, boolean keepsText) {
    ListText text = new ListText(requireNonNull(path), format());
    try {
      if (keepsText) {
        text.keep();
      }
      LoadedList loaded = LoadedList.load(text, entries(text, err));
      err.println(loaded.summary());
      if (loaded.compilation().entries() == 0) {
        throw wrong("--list: no entry is left");
      }
      return loaded;
    } catch (ListFormatException e) {
      throw wrong("--list: " + e.reason());
    } catch (IOException e) {
      throw wrong("--list: " + reason(e));
    }
  }

  /** The list for what reads it more than once; what is wrong is a {@link ParameterException}. */
  EntrySource keptSource(PrintStream err) {
    ListText text = new ListText(requireNonNull(path), format());
    try {
      text.keep();
    } catch (IOException e) {
      throw wrong("--list: " + reason(e));
    }
    return entries(text, err);
  }

  private EntrySource entries(ListText text, PrintStream err) {
    return new ListEntries(text, confirmed(), List.of(), refused, new PrintWriter(err, true));
  }

  private ListFormat format() {
    ListFormat found =
        ListFormat.find(requireNonNull(format))
            .orElseThrow(() -> wrong("--format: expected one of " + ListFormat.ids()));
    boolean directory = Files.isDirectory(requireNonNull(path));
    if (!Files.exists(path)) {
      throw wrong("--list: no such file");
    }
    if (directory == found.parts().isEmpty()) {
      throw wrong("--list: expected " + (directory ? "a file" : "a directory"));
    }
    return found;
  }

  private List<CanonicalHost> confirmed() {
    return confirmed.stream()
        .map(name -> CanonicalHost.parse(name).orElseThrow(() -> wrong("--confirm: no host")))
        .toList();
  }

  private static String reason(IOException e) {
    return e instanceof SourceException ? String.valueOf(e.getMessage()) : "cannot be read";
  }

  private ParameterException wrong(String problem) {
    return new ParameterException(requireNonNull(spec).commandLine(), problem);
  }
}
