package org.tidegate.app;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.tidegate.publish.Lifetimes;
import org.tidegate.publish.Passphrase;
import org.tidegate.publish.PublishException;
import org.tidegate.publish.Publisher;
import org.tidegate.publish.source.SourceException;
import picocli.CommandLine.Option;

/** The options of every command that works in a publisher's directory. */
final class PublisherOptions {

  @Option(
      names = "--dir",
      required = true,
      paramLabel = "PUB",
      description = "The publisher's directory: keys, trusted root and repository.")
  private @Nullable Path directory;

  @Option(
      names = "--timestamp-lifetime",
      paramLabel = "TIME",
      defaultValue = "7d",
      converter = DurationConverter.class,
      description = "How long a timestamp is good: 90s, 30m, 12h, 7d (default: 7d).")
  private Duration lifetime = Duration.ofDays(7);

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description = "The passphrase of the key files, in the first line.")
  private @Nullable Path passphraseFile;

  /** What a command does there. */
  interface Work {
    void in(Publisher publisher) throws IOException, PublishException;
  }

  Path directory() {
    return requireNonNull(directory);
  }

  Lifetimes lifetimes() {
    return Lifetimes.DEFAULT.withTimestamp(lifetime);
  }

  @Nullable Passphrase passphrase() throws IOException, PublishException {
    return passphraseFile == null ? null : Passphrase.read(passphraseFile);
  }

  /** Does it; what goes wrong is one line. */
  void run(Work work) throws CommandFailedException {
    attempt(() -> work.in(Publisher.open(directory(), lifetimes(), passphrase())));
  }

  /** Work that needs no publisher's directory. */
  interface Attempt {
    void make() throws IOException, PublishException;
  }

  static void attempt(Attempt attempt) throws CommandFailedException {
    try {
      attempt.make();
    } catch (PublishException | SourceException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new CommandFailedException("cannot read or write: " + e.getClass().getSimpleName());
    }
  }
}
