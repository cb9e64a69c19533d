package org.tidegate.proxy.tls;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertPathValidatorException.Reason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import org.jspecify.annotations.Nullable;

/** Why an origin's identity could not be confirmed. */
public enum OriginFault {
  /** Its certificate has expired, or is not valid yet. */
  OUTDATED,
  /** Its certificate was issued for another name. */
  OTHER_NAME,
  /** Nobody who is trusted vouches for its certificate. */
  UNTRUSTED,
  /** Its certificate, or one between it and who is trusted, is signed in a way that is broken. */
  WEAK,
  /** Something else than its certificate: no TLS, too old a version. */
  OTHER;

  private static final int MAX_DEPTH = 16;

  /** What a failed handshake says of the origin. */
  public static OriginFault of(@Nullable Throwable failure) {
    OriginFault fault = OTHER;
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MAX_DEPTH; i++, cause = cause.getCause()) {
      if (isOutdated(cause)) {
        return OUTDATED;
      }
      if (cause instanceof CertPathValidatorException path
          && path.getReason() == BasicReason.ALGORITHM_CONSTRAINED) {
        return WEAK;
      }
      if (cause instanceof CertPathBuilderException
          || cause instanceof CertPathValidatorException) {
        fault = UNTRUSTED;
      } else if (cause instanceof CertificateException && fault == OTHER) {
        // Java's check of names throws this type itself; its checks of paths, sub-types of it
        fault = cause.getClass() == CertificateException.class ? OTHER_NAME : UNTRUSTED;
      }
    }
    return fault;
  }

  private static boolean isOutdated(Throwable cause) {
    if (cause instanceof CertPathValidatorException path) {
      Reason reason = path.getReason();
      return reason == BasicReason.EXPIRED || reason == BasicReason.NOT_YET_VALID;
    }
    return cause instanceof CertificateExpiredException
        || cause instanceof CertificateNotYetValidException;
  }
}
