package org.tidegate.app;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tidegate.app.config.ListSource;
import org.tidegate.app.config.ListSource.Access;
import org.tidegate.proxy.upstream.ParentProxy;
import org.tidegate.sync.tuf.HttpAccess;
import org.tidegate.sync.tuf.Repository;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a publisher's repository is, and the way to it: what a list's source may say, too. */
final class RepositoryOptions {

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = "--repository",
      required = true,
      paramLabel = "URL|DIR",
      description = "Where the publisher's repository is: http:, https:, file:, or a directory.")
  private String repository = "";

  @Option(
      names = "--mirror",
      paramLabel = "URL|DIR",
      description = "The same elsewhere, asked where those before are of no use; repeatable.")
  private List<String> mirrors = new ArrayList<>();

  @Option(
      names = "--proxy",
      paramLabel = "HOST:PORT",
      converter = ParentProxyConverter.class,
      description = "An HTTP proxy on the way.")
  private @Nullable ParentProxy proxy;

  @Option(
      names = "--proxy-credentials",
      paramLabel = "FILE",
      description = "user:password for the proxy, in the first line.")
  private @Nullable Path proxyCredentials;

  @Option(
      names = {"--authorities", "--ca-file"},
      paramLabel = "FILE",
      description = "The authorities to trust in place of the platform's, in PEM.")
  private @Nullable Path authorities;

  @Option(
      names = "--client-certificate",
      paramLabel = "FILE",
      description = "A certificate to show, PKCS #12; needs --client-password.")
  private @Nullable Path clientCertificate;

  @Option(
      names = "--client-password",
      paramLabel = "FILE",
      description = "The file of that certificate's password.")
  private @Nullable Path clientPassword;

  @Option(
      names = {"--credentials", "--credentials-file"},
      paramLabel = "FILE",
      description =
          "user:password, or Bearer and a token, in the first line; sent over https only.")
  private @Nullable Path credentials;

  /** The repository and its mirrors; what is wrong is a {@link ParameterException}. */
  List<Repository> open() throws CommandFailedException {
    List<URI> places = new ArrayList<>(List.of(place("--repository", repository)));
    mirrors.forEach(mirror -> places.add(place("--mirror", mirror)));
    HttpAccess access = access(places);
    return places.stream().map(at -> SignedList.repository(at, access)).toList();
  }

  private HttpAccess access(List<URI> places) throws CommandFailedException {
    if ((clientCertificate == null) != (clientPassword == null)) {
      throw wrong("--client-certificate: expected together with --client-password");
    }
    if (proxyCredentials != null && proxy == null) {
      throw wrong("--proxy-credentials: expected together with --proxy");
    }
    if (credentials != null && places.stream().anyMatch(RepositoryOptions::isClear)) {
      throw wrong("--credentials: given for plain http (expected: https)");
    }
    try {
      return RepositoryAccess.open(
          new Access(
              proxy,
              proxyCredentials,
              authorities,
              clientCertificate,
              clientPassword,
              credentials));
    } catch (UnusableException e) {
      throw new CommandFailedException("--" + e.getMessage());
    }
  }

  private static boolean isClear(URI place) {
    return "http".equalsIgnoreCase(place.getScheme());
  }

  private URI place(String option, String text) {
    return ListSource.repository(text, Path.of("").toAbsolutePath())
        .orElseThrow(() -> wrong(option + ": expected an http, https or file URL, or a directory"));
  }

  private ParameterException wrong(String problem) {
    return new ParameterException(requireNonNull(spec).commandLine(), problem);
  }
}
