/**
 * The operator's certificate authority: made or read from files, it issues the certificates that
 * the gateway shows to its clients under TLS inspection.
 *
 * <p>Start at {@link org.tidegate.proxy.ca.CertificateAuthority}. The only package that knows
 * BouncyCastle; no key leaves it but to a file of the operator's choice.
 */
@NullMarked
package org.tidegate.proxy.ca;

import org.jspecify.annotations.NullMarked;
