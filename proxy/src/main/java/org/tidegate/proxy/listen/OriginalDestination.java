package org.tidegate.proxy.listen;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.unix.RawUnixChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Asks the kernel where an intercepted connection was going. */
public final class OriginalDestination {
  private static final int SO_ORIGINAL_DST = 80;
  private static final int SOL_IP = 0;
  private static final int SOL_IPV6 = 41;

  /** {@code sockaddr_in}: family, port, 4 bytes of address, padding. */
  private static final RawUnixChannelOption IPV4 =
      new RawUnixChannelOption("SO_ORIGINAL_DST", SOL_IP, SO_ORIGINAL_DST, 16);

  /** {@code sockaddr_in6}: family, port, flow, 16 bytes of address, scope. */
  private static final RawUnixChannelOption IPV6 =
      new RawUnixChannelOption("IP6T_SO_ORIGINAL_DST", SOL_IPV6, SO_ORIGINAL_DST, 28);

  private OriginalDestination() {}

  /** The address and port that the client connected to, or null where the kernel knows none. */
  public static @Nullable InetSocketAddress of(SocketChannel channel, Listener.Kind kind) {
    return switch (kind) {
      case EXPLICIT -> null;
      case TPROXY -> channel.localAddress();
      case REDIRECT -> redirected(channel);
    };
  }

  private static @Nullable InetSocketAddress redirected(SocketChannel channel) {
    InetSocketAddress local = channel.localAddress();
    boolean ipv4 = local != null && local.getAddress().getAddress().length == 4;
    return ipv4 ? read(channel, IPV4, 4, 4) : read(channel, IPV6, 8, 16);
  }

  private static @Nullable InetSocketAddress read(
      Channel channel, RawUnixChannelOption option, int addressAt, int addressLength) {
    try {
      ByteBuffer found = channel.config().getOption(option);
      if (found == null) {
        return null;
      }
      byte[] address = new byte[addressLength];
      found.duplicate().position(found.position() + addressAt).get(address);
      int port = Short.toUnsignedInt(networkOrder(found, 2));
      return new InetSocketAddress(InetAddress.getByAddress(address), port);
    } catch (ChannelException | UnknownHostException e) {
      return null; // not redirected
    }
  }

  private static short networkOrder(ByteBuffer bytes, int at) {
    int from = bytes.position() + at;
    return (short) ((bytes.get(from) & 0xff) << 8 | (bytes.get(from + 1) & 0xff));
  }
}
