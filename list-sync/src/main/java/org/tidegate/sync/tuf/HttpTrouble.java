package org.tidegate.sync.tuf;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** What an answer, or a failure on the way to one, means. */
final class HttpTrouble {
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int NOT_MODIFIED = 304;

  /** Alerts by which a server says that it wants a certificate of ours, or another one. */
  private static final Pattern ABOUT_OURS =
      Pattern.compile("(?:\\(\\w+\\) )?Received fatal alert: (?:\\w*certificate\\w*|unknown_ca)");

  private HttpTrouble() {}

  /** Refuses every answer but a file, a part of it, and that it is as it was. */
  static void requireFile(int status) throws RepositoryException {
    if (status != OK && status != PARTIAL && status != NOT_MODIFIED) {
      throw new RepositoryException(of(status));
    }
  }

  private static Trouble of(int status) {
    return switch (status) {
      case -1 -> Trouble.PROTOCOL;
      case 401 -> Trouble.CREDENTIALS;
      case 403 -> Trouble.FORBIDDEN;
      case 404, 410 -> Trouble.NOT_FOUND;
      case 407 -> Trouble.PROXY_CREDENTIALS;
      case 416 -> Trouble.RANGE;
      case 429 -> Trouble.SERVER;
      case 496 -> Trouble.CLIENT_CERTIFICATE;
      case 511 -> Trouble.WEB_PAGE;
      default -> status / 100 == 3 ? Trouble.REDIRECT : otherwise(status);
    };
  }

  private static Trouble otherwise(int status) {
    return status / 100 == 5 ? Trouble.SERVER : Trouble.STATUS;
  }

  /** The platform tells some causes by its message alone; its messages are not translated. */
  static RepositoryException of(IOException e, Trouble otherwise) {
    if (e instanceof RepositoryException known) {
      return known;
    }
    String message = String.valueOf(e.getMessage());
    if (message.startsWith("Unable to tunnel through proxy")) {
      return new RepositoryException(
          message.contains(" 407") ? Trouble.PROXY_CREDENTIALS : Trouble.PROXY);
    }
    if (e instanceof SSLException) {
      return new RepositoryException(ofTls(e, message));
    }
    return new RepositoryException(ofSocket(e, otherwise));
  }

  private static Trouble ofSocket(IOException e, Trouble otherwise) {
    if (e instanceof SocketTimeoutException) {
      return Trouble.TIMEOUT;
    }
    if (e instanceof UnknownHostException) {
      return Trouble.NAME;
    }
    if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
      return Trouble.CONNECT;
    }
    return e instanceof ProtocolException ? Trouble.PROTOCOL : otherwise;
  }

  private static Trouble ofTls(IOException e, String message) {
    if (ABOUT_OURS.matcher(message).lookingAt()) {
      return Trouble.CLIENT_CERTIFICATE;
    }
    for (@Nullable Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof CertificateException
          || at instanceof CertPathValidatorException
          || at instanceof SSLPeerUnverifiedException) {
        return Trouble.CERTIFICATE;
      }
    }
    return Trouble.TLS;
  }
}
