package org.tidegate.app;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.index.Compilation;
import org.tidegate.filter.list.ListFormat;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.publish.EntrySource;
import org.tidegate.publish.source.CommandSource;
import org.tidegate.publish.source.Credentials;
import org.tidegate.publish.source.DirectorySource;
import org.tidegate.publish.source.HttpsSource;
import org.tidegate.publish.source.Limits;
import org.tidegate.publish.source.SourceException;
import org.tidegate.publish.source.TextSource;
import org.tidegate.publish.source.TrustedAuthorities;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of the commands that get a list's text from its licensor. */
final class SourceOptions {

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private Where where = new Where();

  private static final class Where {
    @Option(
        names = "--list",
        paramLabel = "FILE|DIR|URL",
        description = {
          "The list: a file, all files of a directory, or an https address; packed or not by gzip,",
          "zstd or zip.",
        })
    private @Nullable String place;

    @Option(
        names = "--list-command",
        paramLabel = "COMMAND",
        description = "A shell command that prints the list, packed or not.")
    private @Nullable String command;
  }

  @Option(
      names = "--format",
      required = true,
      paramLabel = "F",
      description = "native, urls, domains, hosts, squidguard, adblock or rpz.")
  private String format = "";

  @Option(
      names = "--csv-column",
      paramLabel = "NAME|N",
      description = "The list is CSV; its lines are the values of that column.")
  private @Nullable String column;

  @Option(
      names = "--csv-delimiter",
      paramLabel = "CHAR",
      defaultValue = ",",
      description = "What stands between the columns (default: a comma).")
  private char delimiter = ',';

  @Option(
      names = "--credentials-file",
      paramLabel = "FILE",
      description =
          "For an https address: user:password, or Bearer and a token, in the first line.")
  private @Nullable Path credentials;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description = "For an https address: the authorities to trust, in PEM.")
  private @Nullable Path authorities;

  @Option(
      names = "--confirm",
      paramLabel = "NAME",
      description = "A public suffix or shared host that is meant to be listed; repeatable.")
  private List<String> confirmed = new ArrayList<>();

  @Option(
      names = "--shared-hosts",
      paramLabel = "FILE",
      description = "Hosts that very many people share: all of one is held back; one a line.")
  private @Nullable Path shared;

  @Option(
      names = "--refused",
      description = "Name the lines refused or held back by number and reason.")
  private boolean refused;

  /** The list as a publisher reads it; what is wrong is a {@link ParameterException}. */
  EntrySource source(PrintWriter err) throws CommandFailedException {
    ListFormat found =
        ListFormat.find(format)
            .orElseThrow(() -> wrong("--format: expected one of " + ListFormat.ids()));
    List<CanonicalHost> suffixes =
        confirmed.stream()
            .map(name -> CanonicalHost.parse(name).orElseThrow(() -> wrong("--confirm: no host")))
            .toList();
    List<CanonicalHost> hosts = shared == null ? List.of() : SharedHosts.read(shared);
    if (!found.parts().isEmpty()) {
      Path directory = Path.of(String.valueOf(where.place));
      if (column != null || !Files.isDirectory(directory)) {
        throw wrong("--list: expected a directory");
      }
      return new ListEntries(new ListText(directory, found), suffixes, hosts, refused, err);
    }
    TextSource text = text();
    long length = length();
    TextSource watched = () -> ProgressBar.watch(text.open(), length, err);
    ListLines lines = new ListLines(watched, found, column, delimiter);
    return new ListEntries(lines::read, suffixes, hosts, refused, err);
  }

  /** The list's file, where it is one. */
  Optional<Path> file() {
    return Optional.ofNullable(where.place).map(Path::of).filter(Files::isRegularFile);
  }

  /** Names the lines that were held back, where that is wanted. */
  void tellHeld(Compilation made, PrintWriter err) {
    if (refused) {
      made.held().forEach(entry -> err.println("line " + entry.line() + ": " + entry.reason()));
    }
  }

  private long length() {
    return file().map(file -> file.toFile().length()).orElse(0L);
  }

  private TextSource text() throws CommandFailedException {
    if (where.command != null) {
      return new CommandSource(where.command);
    }
    String place = requireNonNull(where.place);
    String lower = place.toLowerCase(Locale.ROOT);
    if (lower.startsWith("https:") || lower.startsWith("http:")) {
      return https(place);
    }
    Path path = Path.of(place);
    if (!Files.exists(path)) {
      throw wrong("--list: no such file");
    }
    return Files.isDirectory(path)
        ? new DirectorySource(path, Limits.DEFAULT)
        : () -> ListText.raw(path);
  }

  private TextSource https(String place) throws CommandFailedException {
    try {
      Credentials given = credentials == null ? null : Credentials.read(credentials);
      SSLSocketFactory trust = authorities == null ? null : TrustedAuthorities.read(authorities);
      return new HttpsSource(URI.create(place), given, trust);
    } catch (IllegalArgumentException e) {
      throw wrong("--list: expected an https address, without a user name in it");
    } catch (SourceException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new CommandFailedException("--credentials-file or --ca-file: cannot be read");
    }
  }

  private ParameterException wrong(String problem) {
    return new ParameterException(requireNonNull(spec).commandLine(), problem);
  }
}
