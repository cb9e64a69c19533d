package org.tidegate.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.tidegate.proxy.ca.KeyPairs;

/** Speaks TLS in front of an origin that does not: each connection becomes one to the origin. */
final class TlsFront implements AutoCloseable {
  static final KeyPair KEYS = KeyPairs.ecdsa();

  private final Acceptor acceptor;
  private final InetSocketAddress origin;
  private final String[] protocols;
  final Queue<String> agreed = new ConcurrentLinkedQueue<>();

  /**
   * Listens on loopback.
   *
   * @param chains which certificates are shown to who asks for a host
   * @param protocols what may be chosen by ALPN, if anything
   */
  TlsFront(
      InetSocketAddress origin, Function<String, X509Certificate[]> chains, String... protocols)
      throws IOException {
    this.origin = origin;
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {new ByName(chains)}, null, null);
      SSLServerSocket listener =
          (SSLServerSocket)
              context
                  .getServerSocketFactory()
                  .createServerSocket(0, 512, InetAddress.getLoopbackAddress());
      listener.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
      acceptor = new Acceptor(listener, socket -> serve((SSLSocket) socket));
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
    this.protocols = protocols;
  }

  InetSocketAddress address() {
    return acceptor.address();
  }

  private void serve(SSLSocket client) throws IOException {
    SSLParameters parameters = client.getSSLParameters();
    parameters.setApplicationProtocols(protocols);
    client.setSSLParameters(parameters);
    client.startHandshake();
    agreed.add(client.getApplicationProtocol());
    try (Socket behind = new Socket(origin.getAddress(), origin.getPort())) {
      client.setTcpNoDelay(true);
      behind.setTcpNoDelay(true);
      acceptor.also(() -> relay(client, behind));
      copy(behind.getInputStream(), client.getOutputStream());
    }
  }

  private static void relay(SSLSocket client, Socket behind) {
    try {
      copy(client.getInputStream(), behind.getOutputStream());
      behind.shutdownOutput();
    } catch (IOException e) {
      closeQuietly(behind);
    }
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[8192];
    for (int n; (n = in.read(buffer)) >= 0; ) {
      out.write(buffer, 0, n);
      out.flush();
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // closed already
    }
  }

  @Override
  public void close() throws IOException {
    acceptor.close();
  }

  /** Shows the certificate of the name that the client asks for. */
  private static final class ByName extends X509ExtendedKeyManager {
    private final Function<String, X509Certificate[]> chains;

    ByName(Function<String, X509Certificate[]> chains) {
      this.chains = chains;
    }

    @Override
    public @Nullable String chooseServerAlias(
        String type, Principal @Nullable [] issuers, Socket socket) {
      if (!type.equals("EC")) {
        return null;
      }
      ExtendedSSLSession session = (ExtendedSSLSession) ((SSLSocket) socket).getHandshakeSession();
      return session.getRequestedServerNames().stream()
          .map(name -> new SNIHostName(name.getEncoded()).getAsciiName())
          .findFirst()
          .orElse("127.0.0.1");
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return chains.apply(alias);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return KEYS.getPrivate();
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] types, Principal @Nullable [] issuers, Socket socket) {
      return null;
    }
  }
}
