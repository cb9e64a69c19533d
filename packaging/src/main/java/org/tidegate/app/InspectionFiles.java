package org.tidegate.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidegate.app.config.ConfigurationException;
import org.tidegate.app.config.InspectionSettings;
import org.tidegate.app.config.InspectionSettings.Authority;
import org.tidegate.app.config.Problem;
import org.tidegate.proxy.ca.AuthorityException;
import org.tidegate.proxy.ca.AuthorityFiles;
import org.tidegate.proxy.ca.CertificateAuthority;
import org.tidegate.proxy.ca.CertificateFile;
import org.tidegate.proxy.tls.Inspection;
import org.tidegate.proxy.tls.InspectionTls;
import org.tidegate.proxy.tls.OriginTls;

/** Reads the files that TLS inspection needs. */
final class InspectionFiles {
  private static final String KEY = "inspection";

  private InspectionFiles() {}

  /** How TLS is inspected; nothing where no authority is configured. */
  static Optional<Inspection> inspection(InspectionSettings settings)
      throws ConfigurationException {
    if (settings.files().isEmpty()) {
      return Optional.empty();
    }
    Clock clock = Clock.systemUTC();
    CertificateAuthority authority = authority(settings, settings.files().get(), clock);
    Inspection inspection =
        Inspection.by(InspectionTls.of(authority, settings.http2(), clock))
            .bypassing(settings.bypass());
    return Optional.of(settings.refused().map(inspection::passingRefused).orElse(inspection));
  }

  private static CertificateAuthority authority(
      InspectionSettings settings, Authority files, Clock clock) throws ConfigurationException {
    try {
      char[] passphrase = passphrase(files.passphrase());
      return files.key() == null
          ? AuthorityFiles.readPkcs12(
              files.file(), passphrase == null ? new char[0] : passphrase, clock.instant())
          : AuthorityFiles.readPem(files.file(), files.key(), passphrase, clock.instant());
    } catch (AuthorityException e) {
      throw problem(settings.place(), KEY, String.valueOf(e.getMessage()));
    } catch (NoSuchFileException e) {
      throw problem(settings.place(), KEY, e.getMessage() + ": not there (expected: a file)");
    } catch (IOException e) {
      throw problem(settings.place(), KEY, "cannot be read");
    }
  }

  private static char @Nullable [] passphrase(@Nullable Path file) throws IOException {
    return file == null
        ? null
        : Files.readString(file, UTF_8).lines().findFirst().orElse("").toCharArray();
  }

  /** What origins are held to: Java's authorities, or those of a file. */
  static OriginTls originTls(Optional<Path> trust, String place) throws ConfigurationException {
    if (trust.isEmpty()) {
      return OriginTls.trustingAsJava();
    }
    try {
      return OriginTls.trusting(CertificateFile.read(trust.get()));
    } catch (AuthorityException e) {
      throw problem(place, "upstream.trust", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw problem(place, "upstream.trust", "cannot be read (expected: certificates in PEM)");
    }
  }

  private static ConfigurationException problem(String place, String key, String what) {
    return new ConfigurationException(List.of(new Problem(place, key, what)));
  }
}
