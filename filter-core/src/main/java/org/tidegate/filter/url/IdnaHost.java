package org.tidegate.filter.url;

import com.ibm.icu.text.IDNA;
import com.ibm.icu.util.ICUException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Internationalised hosts to ASCII (C6; UTS 46, non-transitional). The only class that knows ICU.
 */
final class IdnaHost {
  private static final IDNA UTS46 =
      IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ);

  /** What the URL standard doesn't ask: CheckHyphens and VerifyDnsLength are off there. */
  private static final Set<IDNA.Error> TOLERATED =
      EnumSet.of(
          IDNA.Error.EMPTY_LABEL,
          IDNA.Error.LABEL_TOO_LONG,
          IDNA.Error.DOMAIN_NAME_TOO_LONG,
          IDNA.Error.LEADING_HYPHEN,
          IDNA.Error.TRAILING_HYPHEN,
          IDNA.Error.HYPHEN_3_4);

  /** Twice what a name in the DNS can have: Punycode takes quadratic time. */
  private static final int MAX_LENGTH = 512;

  private IdnaHost() {}

  /** Returns the ASCII form; it may still hold anything that is ASCII. */
  static Optional<String> toAscii(String host) {
    if (host.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    IDNA.Info info = new IDNA.Info();
    StringBuilder ascii = new StringBuilder();
    try {
      UTS46.nameToASCII(host, ascii, info);
    } catch (ICUException e) {
      return Optional.empty(); // a label that mapping made longer than ICU's Punycode takes
    }
    return TOLERATED.containsAll(info.getErrors())
        ? Optional.of(ascii.toString())
        : Optional.empty();
  }
}
