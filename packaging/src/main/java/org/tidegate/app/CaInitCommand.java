package org.tidegate.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tidegate.proxy.ca.AuthorityWriter;
import org.tidegate.proxy.ca.CertificateAuthority;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidegate ca init}: a new certificate authority. */
@Command(
    name = "init",
    description = {
      "Makes a certificate authority for TLS inspection: DIR/ca.crt and DIR/ca.key.",
      "ca.crt is for the devices. Who has ca.key can pass for every site to every device that"
          + " trusts",
      "it: it stays on the gateway, readable by its user only.",
    })
final class CaInitCommand implements Callable<Integer> {
  private static final int MAX_NAME = 64;
  private static final int MAX_YEARS = 30;
  private static final long DAYS_A_YEAR = 365;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--dir",
      required = true,
      paramLabel = "DIR",
      description = "Where the two files are made.")
  private @Nullable Path directory;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "Tidegate inspection",
      description = "What people see in the certificate (default: Tidegate inspection).")
  private String name = "";

  @Option(
      names = "--years",
      paramLabel = "N",
      defaultValue = "10",
      description = "How long the certificate is valid: 1 to 30 (default: 10).")
  private int years;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description = "Encrypts the key under the first line of this file. Default: not encrypted.")
  private @Nullable Path passphraseFile;

  @Override
  public Integer call() throws CommandFailedException {
    requireSense();
    Path certificate = requireNonNull(directory).resolve("ca.crt");
    Path key = directory.resolve("ca.key");
    char[] passphrase = passphrase();
    CertificateAuthority authority =
        CertificateAuthority.create(name, Duration.ofDays(DAYS_A_YEAR * years), Instant.now());
    try {
      Files.createDirectories(directory);
      AuthorityWriter.writeKey(authority, passphrase, key);
      AuthorityWriter.writeCertificate(authority, certificate);
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailedException(e.getFile() + " is there already (expected: a new one)");
    } catch (IOException e) {
      throw new CommandFailedException("cannot write: " + e.getClass().getSimpleName());
    }
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    Instant end = authority.certificate().getNotAfter().toInstant();
    out.println("certificate authority: " + certificate + ", " + key);
    out.println("valid until: " + end.atOffset(ZoneOffset.UTC).toLocalDate());
    out.println("SHA-256: " + AuthorityWriter.fingerprint(authority.certificate()));
    return 0;
  }

  private void requireSense() {
    if (name.isBlank() || name.length() > MAX_NAME) {
      throw wrong("--name: " + name.length() + " characters (expected: 1 to " + MAX_NAME + ")");
    }
    if (years < 1 || years > MAX_YEARS) {
      throw wrong("--years: " + years + " (expected: 1 to " + MAX_YEARS + ")");
    }
  }

  private ParameterException wrong(String problem) {
    return new ParameterException(requireNonNull(spec).commandLine(), problem);
  }

  private char @Nullable [] passphrase() throws CommandFailedException {
    if (passphraseFile == null) {
      return null;
    }
    try {
      String first = Files.readString(passphraseFile, UTF_8).lines().findFirst().orElse("");
      if (first.isEmpty()) {
        throw wrong("--passphrase-file: empty (expected: a passphrase on its first line)");
      }
      return first.toCharArray();
    } catch (IOException e) {
      throw new CommandFailedException("--passphrase-file: cannot read " + passphraseFile);
    }
  }
}
