package org.tidegate.app.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tidegate.app.config.InspectionSettings.Authority;
import org.tidegate.filter.url.CanonicalHost;

/** Reads how TLS is inspected. Stateless. */
final class InspectionReader {
  private static final Format<Boolean> HTTP2 = Format.word("offer", true, "refuse", false);
  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofHours(24);

  private InspectionReader() {}

  /**
   * Reads the section.
   *
   * @param directory where relative paths begin
   * @param needed whether a listener inspects
   */
  static InspectionSettings read(Section section, Path directory, boolean needed) {
    Authority authority = authority(section, Formats.path(directory), needed);
    List<CanonicalHost> bypass = section.values("bypass", List.of(), Formats.HOST);
    Duration passRefused = section.find("pass-refused-for", Formats.time(LEAST, MOST));
    boolean http2 = section.value("http2", true, HTTP2);
    boolean pkcs12 = authority != null && authority.key() == null;
    String place = section.place(pkcs12 ? "pkcs12" : "certificate");
    section.end();
    return new InspectionSettings(authority, place, bypass, passRefused, http2);
  }

  private static @Nullable Authority authority(Section section, Format<Path> path, boolean needed) {
    Path certificate = section.find("certificate", path);
    Path key = section.find("key", path);
    Path pkcs12 = section.find("pkcs12", path);
    Path passphrase = section.find("passphrase-file", path);
    if (pkcs12 != null) {
      if (certificate != null || key != null) {
        section.problem("pkcs12", "beside certificate and key (expected: one or the other)");
      }
      if (passphrase == null) {
        section.problem("passphrase-file", "missing (expected: a passphrase for pkcs12)");
      }
      return new Authority(pkcs12, null, passphrase);
    }
    if (needed && certificate == null && key == null) {
      section.problem(
          "certificate", "missing (expected: a certificate authority, since a listener inspects)");
    }
    if ((certificate == null) != (key == null)) {
      section.problem(
          certificate == null ? "certificate" : "key",
          "missing (expected: certificate and key, both in PEM)");
    }
    return certificate == null || key == null ? null : new Authority(certificate, key, passphrase);
  }
}
