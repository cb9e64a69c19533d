package org.tidegate.proxy.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.proxy.http.BadMessage;
import org.tidegate.proxy.http.GatedResponse;
import org.tidegate.proxy.http.HeadReader;
import org.tidegate.proxy.http.HeadWriter;
import org.tidegate.proxy.http.MessageHead;
import org.tidegate.proxy.http.ResponseGate;

/** Asks the parent proxy for a tunnel, and hands the connection on when it is granted. */
final class ParentTunnel implements UpstreamConnection.User {
  private static final int MAX_HEAD = 32 * 1024;

  private final UpstreamConnection connection;
  private final Promise<UpstreamConnection> result;
  private final HeadReader reader = new HeadReader(MessageHead.Kind.RESPONSE, MAX_HEAD, MAX_HEAD);
  private ByteBuf pending = Unpooled.EMPTY_BUFFER;

  private ParentTunnel(UpstreamConnection connection, Promise<UpstreamConnection> result) {
    this.connection = connection;
    this.result = result;
  }

  static void open(
      Channel channel,
      CanonicalHost host,
      Route route,
      Duration timeout,
      Promise<UpstreamConnection> result) {
    UpstreamConnection connection = new UpstreamConnection(channel, route);
    channel.pipeline().addLast(connection);
    ParentTunnel tunnel = new ParentTunnel(connection, result);
    connection.attach(tunnel);
    ByteBuf head = connection.buffer();
    HeadWriter.writeConnect(host, route.port(), route.credentials(), head);
    connection.write(head);
    connection.flush();
    var expiry =
        channel.eventLoop().schedule(tunnel::refuse, timeout.toMillis(), TimeUnit.MILLISECONDS);
    result.addListener(f -> expiry.cancel(false));
    connection.read();
  }

  @Override
  public void upstreamReceived(ByteBuf bytes) {
    pending = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(bytes.alloc(), pending, bytes);
    try {
      GatedResponse response = next();
      if (response == null) {
        connection.read();
      } else if (response.status() >= 200 && response.status() < 300 && !pending.isReadable()) {
        pending.release();
        result.setSuccess(connection);
      } else if (response.status() == DialFailure.CREDENTIALS_STATUS) {
        fail(DialFailure.credentials(response.head().values("proxy-authenticate")));
      } else {
        refuse();
      }
    } catch (BadMessage e) {
      refuse();
    }
  }

  /** RFC 9110 §9.3.6: the answer to CONNECT has no body; interim answers come before it. */
  private @Nullable GatedResponse next() throws BadMessage {
    while (true) {
      MessageHead head = reader.read(pending);
      if (head == null) {
        return null;
      }
      GatedResponse response = ResponseGate.check(head, true);
      if (!response.isInterim()) {
        return response;
      }
    }
  }

  @Override
  public void upstreamInputClosed() {
    refuse();
  }

  @Override
  public void upstreamLost() {
    refuse();
  }

  @Override
  public void upstreamWritable() {}

  private void refuse() {
    fail(new DialFailure(DialFailure.Reason.PARENT_REFUSED));
  }

  private void fail(DialFailure failure) {
    if (!result.isDone()) {
      pending.release();
      connection.close();
      result.setFailure(failure);
    }
  }
}
