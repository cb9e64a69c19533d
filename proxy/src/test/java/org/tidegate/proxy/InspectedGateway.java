package org.tidegate.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.tidegate.filter.UrlFilter;
import org.tidegate.proxy.ca.CertificateAuthority;
import org.tidegate.proxy.listen.Listener;
import org.tidegate.proxy.tls.Inspection;
import org.tidegate.proxy.tls.InspectionTls;
import org.tidegate.proxy.tls.OriginTls;

/**
 * A gateway that inspects TLS, the origins' authority that it trusts, and clients that trust it.
 */
final class InspectedGateway implements AutoCloseable {
  static final CertificateAuthority OPERATOR = authority("operator");
  static final CertificateAuthority WEB = authority("web");

  private static final InspectionTls TLS = InspectionTls.of(OPERATOR, true, Clock.systemUTC());

  final Gateway gateway;

  private InspectedGateway(Gateway gateway) {
    this.gateway = gateway;
  }

  static CertificateAuthority authority(String name) {
    return CertificateAuthority.create(name, Duration.ofDays(30), Instant.now());
  }

  static InspectedGateway start(InetSocketAddress origin, UrlFilter filter) throws IOException {
    return start(origin, filter, UnaryOperator.identity(), UnaryOperator.identity());
  }

  /** Starts one for which every name leads to one origin. */
  static InspectedGateway start(
      InetSocketAddress origin,
      UrlFilter filter,
      UnaryOperator<Inspection> how,
      UnaryOperator<GatewayConfig.Builder> more)
      throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    GatewayConfig.Builder builder =
        GatewayConfig.listening(Listener.explicit(any).inspecting())
            .names(TestGateway.everythingAt(origin))
            .allowAddresses(List.of(origin))
            .anyConnectPort()
            .inspection(how.apply(Inspection.by(TLS)))
            .originTls(OriginTls.trusting(List.of(WEB.certificate())))
            .drain(Duration.ofSeconds(5));
    return new InspectedGateway(Gateway.start(more.apply(builder).build(), filter));
  }

  /** Certificates of the web's authority, valid for whatever is asked for. */
  static X509Certificate[] valid(String host) {
    return WEB.issue(host, TlsFront.KEYS.getPublic(), Instant.now())
        .toArray(X509Certificate[]::new);
  }

  /** A client in a CONNECT, that trusts the operator's authority, before it sends a request. */
  RawClient client(String authority) throws IOException {
    return client(authority, authority.replaceFirst(":[0-9]+$", ""), OPERATOR);
  }

  RawClient client(String authority, String name, CertificateAuthority trusted) throws IOException {
    return new RawClient(secured(granted(authority), name, trusted, "http/1.1"));
  }

  Socket granted(String authority) throws IOException {
    RawClient client = new RawClient(gateway.address());
    client.send("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n");
    String answer = client.readTo("\r\n\r\n");
    if (!answer.startsWith("HTTP/1.1 200 ")) {
      throw new IOException(answer);
    }
    return client.socket();
  }

  static SSLSocket secured(
      Socket plain, String name, CertificateAuthority trusted, String... protocols)
      throws IOException {
    SSLSocket socket =
        (SSLSocket) trusting(trusted).getSocketFactory().createSocket(plain, name, 443, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setApplicationProtocols(protocols);
    if (!name.matches("[0-9.]+|.*:.*")) {
      parameters.setServerNames(List.of(new SNIHostName(name)));
    }
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static SSLContext trusting(CertificateAuthority authority) throws IOException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("ca", authority.certificate());
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    gateway.close();
  }
}
