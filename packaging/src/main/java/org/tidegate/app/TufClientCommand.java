package org.tidegate.app;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tidegate.sync.tuf.ClientWorkflow;
import org.tidegate.sync.tuf.HttpAccess;
import org.tidegate.sync.tuf.HttpRepository;
import org.tidegate.sync.tuf.ReasonCode;
import org.tidegate.sync.tuf.RefusedException;
import org.tidegate.sync.tuf.RepositoryException;
import org.tidegate.sync.tuf.RepositoryTarget;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code tidegate tuf-client}: the client protocol of the public TUF conformance suite, over what
 * gateways read lists with. See {@code packaging/conformance}.
 */
@Command(
    name = "tuf-client",
    hidden = true,
    description = "Reads any TUF repository, as the TUF conformance suite asks clients to.")
final class TufClientCommand implements Callable<Integer> {
  private static final int FAILED = 1;

  private enum Action {
    init,
    refresh,
    download
  }

  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", description = "${COMPLETION-CANDIDATES}")
  private Action action = Action.refresh;

  @Parameters(index = "1", arity = "0..1", description = "The trusted root, for init.")
  private @Nullable Path trustedRoot;

  @Option(names = "--metadata-dir", required = true, description = "Where metadata is kept.")
  private @Nullable Path metadataDirectory;

  @Option(names = "--metadata-url", description = "Where the repository's metadata is.")
  private @Nullable URI metadataUrl;

  @Option(names = "--target-name", description = "The path of the target to download.")
  private @Nullable String targetName;

  @Option(names = "--target-base-url", description = "Where the repository's targets are.")
  private @Nullable URI targetBaseUrl;

  @Option(names = "--target-dir", description = "Where targets are kept.")
  private @Nullable Path targetDirectory;

  @Option(names = "--time", description = "The time that it is, in place of the clock's.")
  private Instant time = Instant.now();

  @Override
  public Integer call() {
    try {
      switch (action) {
        case init -> init();
        case refresh -> refresh();
        default -> download();
      }
      return 0;
    } catch (RefusedException | RepositoryException e) {
      return failed(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return failed("a file cannot be read or written");
    }
  }

  private int failed(String problem) {
    CommandSpec own = requireNonNull(spec);
    own.commandLine().getErr().println(own.qualifiedName() + ": " + problem);
    return FAILED;
  }

  private void init() throws IOException {
    byte[] root = Files.readAllBytes(given(trustedRoot, "ROOT_JSON"));
    new MetadataDirectory(given(metadataDirectory, "--metadata-dir")).write("root", root);
  }

  private ClientWorkflow refresh() throws IOException {
    ClientWorkflow workflow =
        new ClientWorkflow(
            repository(given(metadataUrl, "--metadata-url")),
            new MetadataDirectory(given(metadataDirectory, "--metadata-dir")),
            time);
    workflow.refresh();
    return workflow;
  }

  private void download() throws IOException {
    String name = given(targetName, "--target-name");
    TargetDirectory targets = new TargetDirectory(given(targetDirectory, "--target-dir"));
    HttpRepository repository = repository(given(targetBaseUrl, "--target-base-url"));
    RepositoryTarget target =
        refresh().findTarget(name).orElseThrow(() -> new RefusedException(ReasonCode.MISSING));
    targets.download(target, repository);
  }

  private static HttpRepository repository(URI base) {
    return new HttpRepository(base, HttpAccess.DEFAULT);
  }

  private <T> T given(@Nullable T value, String name) {
    if (value == null) {
      throw new ParameterException(requireNonNull(spec).commandLine(), name + " is missing");
    }
    return value;
  }
}
