package org.tidegate.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.tidegate.app.config.ListSource.Access;
import org.tidegate.proxy.upstream.ParentProxy;
import org.tidegate.sync.TlsFiles;
import org.tidegate.sync.tuf.HttpAccess;
import org.tidegate.sync.tuf.HttpAccess.Authorization;

/** The way to a list's repositories, with the files that the configuration names for it. */
final class RepositoryAccess {
  /** RFC 7617 §2: no colon in the user's name, no control anywhere. */
  private static final Pattern USER_AND_PASSWORD = Pattern.compile("[^:\\p{Cntrl}]+:\\P{Cntrl}*");

  /** RFC 6750 §2.1. */
  private static final Pattern BEARER = Pattern.compile("Bearer [A-Za-z0-9._~+/-]+=*");

  private RepositoryAccess() {}

  static HttpAccess open(Access access) throws UnusableException {
    return new HttpAccess(
        HttpAccess.Times.DEFAULT,
        proxy(access.proxy()),
        tls(access),
        authorization(access.credentials()));
  }

  /** What a file says that it is to be, if there is one. */
  static Authorization authorization(@Nullable Path file) throws UnusableException {
    Authorization authorization = () -> file == null ? Optional.empty() : Optional.of(field(file));
    try {
      authorization.find();
      return authorization;
    } catch (IOException e) {
      throw new UnusableException(
          "credentials: not usable (expected: one line, user:password or Bearer TOKEN)");
    }
  }

  private static Proxy proxy(@Nullable ParentProxy proxy) {
    return proxy == null
        ? Proxy.NO_PROXY
        : new Proxy(
            Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.host(), proxy.port()));
  }

  private static Optional<SSLSocketFactory> tls(Access access) throws UnusableException {
    Path certificate = access.clientCertificate();
    Path password = access.clientPassword();
    if (access.authorities() == null && certificate == null) {
      return Optional.empty();
    }
    Optional<TlsFiles.Client> client =
        certificate == null || password == null
            ? Optional.empty()
            : Optional.of(new TlsFiles.Client(certificate, password));
    try {
      return Optional.of(TlsFiles.open(Optional.ofNullable(access.authorities()), client));
    } catch (IOException | GeneralSecurityException e) {
      throw new UnusableException(
          "authorities or client-certificate: not usable (expected: PEM; PKCS #12 with its"
              + " password)");
    }
  }

  /** Read anew with every request, so that it can be replaced. */
  private static String field(Path file) throws IOException {
    String line = Files.readString(file, UTF_8).stripTrailing();
    if (BEARER.matcher(line).matches()) {
      return line;
    }
    if (USER_AND_PASSWORD.matcher(line).matches()) {
      return "Basic " + Base64.getEncoder().encodeToString(line.getBytes(UTF_8));
    }
    throw new IOException("no credentials");
  }
}
