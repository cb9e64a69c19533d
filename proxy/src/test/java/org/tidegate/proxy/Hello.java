package org.tidegate.proxy;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/** The first flight of a real TLS client. */
final class Hello {
  private Hello() {}

  /** With this server name. */
  static byte[] naming(byte[] serverName) {
    return flight(List.of(new SNIHostName(serverName)));
  }

  static byte[] nameless() {
    return flight(List.of());
  }

  private static byte[] flight(List<SNIHostName> names) {
    try {
      SSLEngine engine = SSLContext.getDefault().createSSLEngine();
      engine.setUseClientMode(true);
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setServerNames(List.copyOf(names));
      engine.setSSLParameters(parameters);
      ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
      engine.wrap(ByteBuffer.allocate(0), out);
      byte[] bytes = new byte[out.flip().remaining()];
      out.get(bytes);
      return bytes;
    } catch (GeneralSecurityException | SSLException e) {
      throw new AssertionError(e);
    }
  }
}
