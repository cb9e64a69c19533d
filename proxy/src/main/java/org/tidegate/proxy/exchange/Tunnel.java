package org.tidegate.proxy.exchange;

import io.netty.buffer.ByteBuf;
import org.tidegate.proxy.upstream.Splice;
import org.tidegate.proxy.upstream.UpstreamConnection;

/** Relays bytes both ways untouched, each as fast as its receiver takes them. */
final class Tunnel implements Stage, UpstreamConnection.User, Splice.Relay {
  private final ClientConnection client;
  private final UpstreamConnection upstream;
  private boolean clientEnded;
  private boolean upstreamEnded;
  private boolean gone;

  /**
   * Makes a tunnel.
   *
   * @param early what the upstream sent before, to be passed on first
   */
  Tunnel(ClientConnection client, UpstreamConnection upstream, ByteBuf early) {
    this.client = client;
    this.upstream = upstream;
    upstream.attach(this);
    client.write(early);
    client.flush();
    if (client.services().splice()) {
      client.spliceTo(upstream, this);
      upstream.spliceTo(client.channel(), this);
    }
  }

  @Override
  public long mayPass() {
    return gone ? 0 : Long.MAX_VALUE;
  }

  @Override
  public void passed(long bytes) {
    // a tunnel may be of any length
  }

  @Override
  public void settled() {
    client.proceed();
  }

  @Override
  public void proceed() {
    client.expectWithin(client.limits().tunnelIdle());
    ByteBuf pending = client.pending();
    if (pending.isReadable()) {
      upstream.write(pending.readRetainedSlice(pending.readableBytes()));
      upstream.flush();
    }
    if (upstream.isWritable()) {
      client.read();
    }
    if (client.isWritable()) {
      upstream.read();
    }
    if (client.inputEnded()) {
      inputClosed();
    }
  }

  @Override
  public void inputClosed() {
    if (!clientEnded && !gone) {
      clientEnded = true;
      upstream.shutdownOutput();
      closeIfBothEnded();
    }
  }

  @Override
  public void upstreamReceived(ByteBuf bytes) {
    client.expectWithin(client.limits().tunnelIdle());
    client.write(bytes);
    client.flush();
    if (client.isWritable()) {
      upstream.read();
    }
  }

  @Override
  public void upstreamInputClosed() {
    if (!upstreamEnded && !gone) {
      upstreamEnded = true;
      client.shutdownOutput();
      closeIfBothEnded();
    }
  }

  private void closeIfBothEnded() {
    if (clientEnded && upstreamEnded) {
      gone = true;
      upstream.close();
      client.closeAfterWrites();
    }
  }

  /**
   * A reset on one side is passed on as one: a cut stream must not look whole. One that was whole
   * before it came does not lose its end.
   */
  @Override
  public void upstreamLost() {
    if (!gone) {
      gone = true;
      if (upstreamEnded) {
        client.closeAfterWrites();
      } else {
        client.abort();
      }
    }
  }

  @Override
  public void lost() {
    if (!gone) {
      gone = true;
      if (clientEnded) {
        upstream.close();
      } else {
        upstream.abort();
      }
    }
  }

  @Override
  public void upstreamWritable() {
    client.proceed();
  }

  @Override
  public void timedOut() {
    lost();
    client.abort();
  }
}
