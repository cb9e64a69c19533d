package org.tidegate.proxy.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateAuthorityTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final Duration YEARS = Duration.ofDays(3650);
  private static final int DNS_NAME = 2;
  private static final int ADDRESS = 7;

  private final CertificateAuthority authority = CertificateAuthority.create("A CA", YEARS, NOW);
  private final KeyPair pair = KeyPairs.ecdsa();

  private X509Certificate issued(String host) {
    return authority.issue(host, pair.getPublic(), NOW).get(0);
  }

  @Test
  void aNewOneMayIssueLeavesOnly() throws Exception {
    X509Certificate root = authority.certificate();
    root.verify(root.getPublicKey());
    assertThat(root.getBasicConstraints()).isZero();
    assertThat(root.getKeyUsage())
        .containsExactly(false, false, false, false, false, true, true, false, false);
    assertThat(root.getSubjectX500Principal().getName()).isEqualTo("CN=A CA");
    assertThat(root.getNotBefore().toInstant()).isEqualTo(NOW.minus(Duration.ofDays(2)));
    assertThat(root.getNotAfter().toInstant()).isEqualTo(NOW.plus(YEARS));
  }

  @Test
  void whatItIssuesIsValidForItsHostOnly() throws Exception {
    X509Certificate leaf = issued("www.site.example");
    assertThat(leaf.getSubjectAlternativeNames())
        .containsExactly(List.of(DNS_NAME, "www.site.example"));
    assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
    assertThat(leaf.getNotBefore().toInstant()).isEqualTo(NOW.minus(Duration.ofDays(2)));
    assertThat(leaf.getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(7)));
    assertThat(leaf.getExtensionValue("2.5.29.35")).isNotNull();
    assertThat(leaf.getExtensionValue("2.5.29.14")).isNotNull();
    PKIXParameters rules =
        new PKIXParameters(Set.of(new TrustAnchor(authority.certificate(), null)));
    rules.setRevocationEnabled(false);
    rules.setDate(Date.from(NOW));
    CertPathValidator.getInstance("PKIX")
        .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf)), rules);
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 203.0.113.7",
    "[2001:db8::7], 2001:db8:0:0:0:0:0:7",
  })
  void anAddressIsNamedAsOne(String host, String address) throws Exception {
    assertThat(issued(host).getSubjectAlternativeNames())
        .containsExactly(List.of(ADDRESS, address));
  }

  /**
   * RFC 5280: a common name has 64 characters at most; without a subject the names are critical.
   */
  @Test
  void aLongNameIsNoCommonName() throws Exception {
    String host = "a".repeat(60) + ".site.example";
    X509Certificate leaf = issued(host);
    assertThat(leaf.getSubjectX500Principal().getName()).isEmpty();
    assertThat(leaf.getCriticalExtensionOIDs()).contains("2.5.29.17");
    assertThat(leaf.getSubjectAlternativeNames()).containsExactly(List.of(DNS_NAME, host));
  }

  @Test
  void noTwoSerialNumbersAreAlike() {
    assertThat(issued("a.example").getSerialNumber())
        .isNotEqualTo(issued("a.example").getSerialNumber())
        .isPositive();
  }

  @Test
  void aRootIsNotSentButWhatLeadsToItIs() throws Exception {
    assertThat(authority.issue("a.example", pair.getPublic(), NOW)).hasSize(1);
  }

  @Test
  void refusesWhatCouldNotIssue() {
    X509Certificate leaf = issued("a.example");
    assertThatThrownBy(() -> CertificateAuthority.of(List.of(leaf), pair.getPrivate(), NOW))
        .isInstanceOf(AuthorityException.class)
        .hasMessageContaining("may not issue");
    assertThatThrownBy(
            () -> CertificateAuthority.of(List.of(authority.certificate()), pair.getPrivate(), NOW))
        .isInstanceOf(AuthorityException.class)
        .hasMessageContaining("key of another");
    assertThatThrownBy(() -> CertificateAuthority.of(List.of(), pair.getPrivate(), NOW))
        .isInstanceOf(AuthorityException.class)
        .hasMessageContaining("no certificate");
  }

  @ParameterizedTest
  @CsvSource({"-3, not valid yet", "3651, has expired"})
  void refusesOneOutOfItsTime(long days, String problem) {
    assertThatThrownBy(
            () ->
                CertificateAuthority.of(
                    List.of(authority.certificate()),
                    authority.key(),
                    NOW.plus(Duration.ofDays(days))))
        .isInstanceOf(AuthorityException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void disclosesNothing() {
    assertThat(authority).hasToString("CertificateAuthority");
  }
}
