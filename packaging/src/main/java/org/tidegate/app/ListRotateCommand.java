package org.tidegate.app;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tidegate.publish.PublishException;
import org.tidegate.publish.Publisher;
import org.tidegate.publish.Role;
import org.tidegate.publish.Rotation;
import org.tidegate.publish.SigningKeyFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidegate list rotate}: new keys for a role. */
@Command(
    name = "rotate",
    description = {
      "Replaces the signing keys of a role; gateways follow by themselves.",
      "Where fewer root keys lie in PUB/keys than must sign, PUB/pending.json waits for the"
          + " others:",
      "tidegate list sign adds their signatures.",
    })
final class ListRotateCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private PublisherOptions options = new PublisherOptions();

  @Parameters(
      paramLabel = "ROLE",
      description = {
        "root, targets, snapshot or timestamp; or list-key: makes PUB/next-list.key, to be given"
            + " to",
        "every gateway beside the old one, and used from --finish on.",
      })
  private String role = "";

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = {
        "A key to be used in place of new ones; repeatable. A public key in PEM, and with it a",
        "private one, or a line Sign-With: COMMAND, or nothing where its holder signs elsewhere.",
      })
  private List<Path> given = new ArrayList<>();

  @Option(names = "--keys", paramLabel = "N", description = "How many keys are made.")
  private int count;

  @Option(names = "--threshold", paramLabel = "M", description = "How many of them must sign.")
  private int threshold;

  @Option(names = "--finish", description = "With list-key: publish with the new key from now on.")
  private boolean finish;

  @Override
  public Integer call() throws CommandFailedException {
    if (role.equals("list-key")) {
      options.run(this::rotateListKey);
      return 0;
    }
    Role found =
        Role.find(role)
            .orElseThrow(
                () -> wrong("no such role (expected: root, targets, snapshot or timestamp)"));
    options.run(
        publisher ->
            ListSignCommand.tell(
                requireNonNull(spec).commandLine(),
                publisher.rotate(rotation(found), Instant.now()),
                found.id() + " keys: replaced"));
    return 0;
  }

  private void rotateListKey(Publisher publisher) throws IOException, PublishException {
    String id = finish ? publisher.useNextListKey() : publisher.makeNextListKey();
    requireNonNull(spec)
        .commandLine()
        .getOut()
        .println(
            finish
                ? "list key " + id + ": in use; publish every list anew"
                : "list key " + id + ": made, in " + publisher.nextListKeyFile());
  }

  private Rotation rotation(Role of) throws IOException, PublishException {
    List<SigningKeyFile> keys = new ArrayList<>();
    for (Path file : given) {
      keys.add(SigningKeyFile.read(file));
    }
    try {
      return new Rotation(of, keys, count, threshold);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException wrong(String problem) {
    return new ParameterException(requireNonNull(spec).commandLine(), problem);
  }
}
