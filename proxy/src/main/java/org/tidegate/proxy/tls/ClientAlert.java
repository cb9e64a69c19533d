package org.tidegate.proxy.tls;

import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What a client said when it broke a handshake off. */
final class ClientAlert {
  /**
   * RFC 8446 §6.2, as Java ("certificate_unknown") and BoringSSL ("…CERTIFICATE_UNKNOWN") write.
   */
  private static final List<String> ABOUT_CERTIFICATE =
      List.of("bad_certificate", "unsupported_certificate", "certificate_unknown", "unknown_ca");

  private static final int MAX_DEPTH = 16;

  private ClientAlert() {}

  /**
   * Whether the client refused the certificate that it was shown, as one that pins another does.
   */
  static boolean refusesCertificate(@Nullable Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MAX_DEPTH; i++, cause = cause.getCause()) {
      if (cause instanceof SSLException && cause.getMessage() != null) {
        String said = cause.getMessage().toLowerCase(Locale.ROOT);
        if (said.contains("alert") && ABOUT_CERTIFICATE.stream().anyMatch(said::contains)) {
          return true;
        }
      }
    }
    return false;
  }
}
