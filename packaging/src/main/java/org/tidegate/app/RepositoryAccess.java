package org.tidegate.app;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.tidegate.app.config.ListSource.Access;
import org.tidegate.proxy.upstream.ParentProxy;
import org.tidegate.publish.source.Credentials;
import org.tidegate.sync.TlsFiles;
import org.tidegate.sync.tuf.HttpAccess;
import org.tidegate.sync.tuf.HttpAccess.Authorization;
import org.tidegate.sync.tuf.HttpAccess.Login;

/** The way to a list's repositories, with the files that the configuration names for it. */
final class RepositoryAccess {
  private RepositoryAccess() {}

  static HttpAccess open(Access access) throws UnusableException {
    return new HttpAccess(
        HttpAccess.Times.DEFAULT,
        proxy(access.proxy()),
        tls(access),
        authorization(access.credentials()),
        proxyLogin(access.proxyCredentials()));
  }

  private static Login proxyLogin(@Nullable Path file) throws UnusableException {
    if (file == null) {
      return Optional::empty;
    }
    Login login = () -> Credentials.read(file).userAndPassword();
    try {
      if (login.find().isPresent()) {
        return login;
      }
    } catch (IOException e) {
      // Not usable.
    }
    throw new UnusableException(
        "proxy-credentials: not usable (expected: one line, user:password)");
  }

  /** Of what its files hold, but for the credentials, which are read with every request. */
  static byte[] digest(Access access) throws UnusableException {
    ByteArrayOutputStream digests = new ByteArrayOutputStream();
    for (Path file :
        Arrays.asList(access.authorities(), access.clientCertificate(), access.clientPassword())) {
      try {
        byte[] bytes = file == null ? new byte[0] : Files.readAllBytes(file);
        digests.writeBytes(MessageDigest.getInstance("SHA-256").digest(bytes));
      } catch (IOException | GeneralSecurityException e) {
        throw unusableTls();
      }
    }
    return digests.toByteArray();
  }

  /** What a file says that it is to be, if there is one. */
  static Authorization authorization(@Nullable Path file) throws UnusableException {
    // Read anew with every request, so that it can be replaced.
    Authorization authorization =
        () -> file == null ? Optional.empty() : Optional.of(Credentials.read(file).field());
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
      throw unusableTls();
    }
  }

  private static UnusableException unusableTls() {
    return new UnusableException(
        "authorities or client-certificate: not usable (expected: PEM; PKCS #12 with its"
            + " password)");
  }
}
