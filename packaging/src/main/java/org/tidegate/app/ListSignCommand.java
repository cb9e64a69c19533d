package org.tidegate.app;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tidegate.publish.Lifetimes;
import org.tidegate.publish.Passphrase;
import org.tidegate.publish.Publisher;
import org.tidegate.publish.SigningKeyFile;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tidegate list sign}: signatures of root keys, one holder at a time. */
@Command(
    name = "sign",
    description = {
      "Signs new roots that wait for signatures.",
      "A holder of a root key signs a copy of PUB/pending.json with --file and --key, on a machine",
      "of his own; the publisher takes it back with --dir and --signed, and publishes when enough",
      "have signed.",
    })
final class ListSignCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private Where where = new Where();

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description = "The passphrase of the key file, in the first line.")
  private @Nullable Path passphraseFile;

  private static final class Where {
    @ArgGroup(exclusive = false)
    private @Nullable Here here;

    @ArgGroup(exclusive = false)
    private @Nullable Elsewhere elsewhere;
  }

  private static final class Here {
    @Option(
        names = "--dir",
        required = true,
        paramLabel = "PUB",
        description = "The publisher's directory; the root keys that are there sign.")
    private Path directory = Path.of("");

    @Option(
        names = "--signed",
        paramLabel = "FILE",
        description = "A copy of pending.json that was signed elsewhere; repeatable.")
    private List<Path> signed = new ArrayList<>();
  }

  private static final class Elsewhere {
    @Option(
        names = "--file",
        required = true,
        paramLabel = "FILE",
        description = "A copy of pending.json; the signature is added to it.")
    private Path file = Path.of("");

    @Option(
        names = "--key",
        required = true,
        paramLabel = "FILE",
        description = "The key that signs.")
    private Path key = Path.of("");
  }

  @Override
  public Integer call() throws CommandFailedException {
    CommandLine line = requireNonNull(spec).commandLine();
    PublisherOptions.attempt(
        () -> {
          Passphrase passphrase = passphraseFile == null ? null : Passphrase.read(passphraseFile);
          Here here = where.here;
          if (here != null) {
            Publisher publisher = Publisher.open(here.directory, Lifetimes.DEFAULT, passphrase);
            tell(line, publisher.sign(here.signed, Instant.now()), "keys: replaced");
            return;
          }
          Elsewhere elsewhere = requireNonNull(where.elsewhere);
          Publisher.signElsewhere(elsewhere.file, SigningKeyFile.read(elsewhere.key), passphrase);
          line.getOut().println(elsewhere.file + ": signed");
        });
    return 0;
  }

  /** What came of a rotation: {@code done}, or what is missing. */
  static void tell(CommandLine line, List<String> missing, String done) {
    missing.forEach(one -> line.getOut().println("waits for signatures: " + one));
    if (missing.isEmpty()) {
      line.getOut().println(done);
    }
  }
}
