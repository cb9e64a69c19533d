package org.tidegate.proxy.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.tidegate.proxy.event.Unserved;
import org.tidegate.proxy.http.BadMessage;
import org.tidegate.proxy.http.GatedRequest;
import org.tidegate.proxy.http.TargetUri;
import org.tidegate.proxy.splash.PlainAnswer;
import org.tidegate.proxy.upstream.Splice;
import org.tidegate.proxy.upstream.UpstreamConnection;

/**
 * One request that passes: out to its origin, and the answer back. Both bodies stream, each as fast
 * as its receiver takes it.
 */
final class Exchange implements Stage, UpstreamConnection.User {
  private final ClientConnection client;
  private final GatedRequest request;
  private final TargetUri.Whole target;
  private final boolean http2;
  private final RequestSender sender;
  private final Pace pace;
  private ResponseRelay relay;
  private @Nullable UpstreamConnection upstream;
  private boolean connecting;
  private long headSentAt;
  private boolean repeated;
  private boolean awaitsHead;
  private boolean ended;

  Exchange(ClientConnection client, GatedRequest request) {
    this.client = client;
    this.request = request;
    this.target = (TargetUri.Whole) request.target();
    this.http2 = client.isStream() && request.isGrpc();
    this.sender = new RequestSender(client, request);
    this.relay = new ResponseRelay(client, request);
    this.pace = new Pace(client.limits());
  }

  @Override
  public void proceed() {
    if (ended) {
      return;
    }
    UpstreamConnection connection = upstream;
    if (connection != null) {
      move(connection);
    } else if (!connecting) {
      // An origin that leaves says in HTTP/2 which requests it has not served.
      connect(!request.isRepeatable() && !http2);
    }
  }

  private void connect(boolean fresh) {
    UpstreamConnection personal = client.takePersonal(target);
    if (personal != null) {
      use(personal);
      return;
    }
    connecting = true;
    client
        .services()
        .upstreams()
        .connect(
            target, client.tunnel(), http2, fresh, client.approach(), client.channel().eventLoop())
        .addListener(this::connected);
  }

  private void connected(Future<? super UpstreamConnection> future) {
    connecting = false;
    if (!future.isSuccess()) {
      if (!ended) {
        ended = true;
        Answers.unreachable(client, request, future.cause());
      }
      return;
    }
    UpstreamConnection connection = (UpstreamConnection) future.getNow();
    if (ended) {
      connection.close();
      return;
    }
    use(connection);
  }

  private void use(UpstreamConnection connection) {
    upstream = connection;
    connection.attach(this);
    if (request.authenticatesConnection()) {
      connection.makePersonal();
    }
    sender.sendHead(connection);
    if (isWorthwhile(sender.bodyLeft())) {
      client.spliceTo(connection, sender);
    }
    headSentAt = System.nanoTime();
    connection.read();
    client.proceed();
  }

  /** Moves whatever can move, both ways, and asks for more where there is room for it. */
  private void move(UpstreamConnection connection) {
    sendRequest(connection);
    if (!ended) {
      relayAnswer(connection);
    }
  }

  private void sendRequest(UpstreamConnection connection) {
    try {
      sender.sendBody(connection);
    } catch (BadMessage e) {
      connection.abort(); // the origin must not take what it got for the whole
      end();
      if (relay.isHeadSent()) {
        client.abort();
      } else {
        Answers.refuse(client, e.refusal());
      }
      return;
    }
    if (ended) { // the flush found the upstream gone
      return;
    }
    if (!sender.isSent() && client.inputEnded() && connection.isWritable()) {
      lost(); // half a request: the origin must not take it for the whole
      client.abort();
      return;
    }
    boolean wantsBody = !sender.isSent() && connection.isWritable();
    expect(wantsBody);
    boolean wantsNews = sender.isSent() && !client.pending().isReadable();
    if (wantsBody || wantsNews) {
      client.read();
    }
  }

  private void relayAnswer(UpstreamConnection connection) {
    boolean awaited = !relay.isHeadSent();
    try {
      relay.relay(sender.isSent());
    } catch (BadMessage e) {
      connection.abort();
      fail(relay.asksCredentials() ? Unserved.CREDENTIALS_ASKED : Unserved.BAD_ANSWER);
      return;
    }
    if (awaited && relay.isHeadSent()) {
      client.services().events().answered(System.nanoTime() - headSentAt);
      if (isWorthwhile(relay.bodyLeft())) {
        connection.spliceTo(client.channel(), relay);
      }
    }
    client.flush();
    if (ended) { // the flush found the client gone
      return;
    }
    if (relay.isCut()) {
      upstreamFailed(connection);
    } else if (relay.isUpgraded()) {
      ended = true;
      client.enter(new Tunnel(client, connection, relay.takeRest()));
    } else if (relay.isDone()) {
      complete(connection);
    } else if (client.isWritable()) {
      connection.read();
    }
  }

  private boolean isWorthwhile(long bodyBytes) {
    return bodyBytes > Splice.WORTHWHILE && client.services().splice();
  }

  private void complete(UpstreamConnection connection) {
    boolean reusable = sender.isSent() && relay.keepsUpstream();
    end();
    if (reusable && (relay.keepsClient() || !connection.isPersonal())) {
      client.giveBack(connection);
    } else if (sender.isSent()) {
      connection.close();
    } else {
      connection.abort();
    }
    if (relay.keepsClient() && sender.isSent()) {
      client.enter(new AwaitingRequest(client));
    } else {
      client.finish();
    }
  }

  /**
   * The answer's head is awaited once, however it trickles in; a body only has to move. In calls
   * both sides may speak by turns: once the origin has, it too may be what the client waits for.
   */
  private void expect(boolean wantsBody) {
    boolean waiting = sender.isSent() && !relay.isHeadSent();
    if (!waiting) {
      boolean awaitsClient = wantsBody && !(http2 && relay.isHeadSent());
      client.expectWithinNanos(pace.next(sender.bodyBytes(), awaitsClient));
    } else if (!awaitsHead) {
      awaitsHead = true;
      client.expectWithinNanos(pace.within(client.limits().response().toNanos()));
    }
  }

  private void end() {
    ended = true;
    upstream = null;
    client.endSplice();
    relay.release();
  }

  /** The answer cannot be completed: said by a status if none was sent, else by a reset. */
  private void fail(Unserved why) {
    boolean headSent = relay.isHeadSent();
    end();
    if (headSent) {
      client.services().events().unserved(why);
      client.abort();
    } else {
      Answers.unserved(client, request, why);
    }
  }

  @Override
  public void upstreamReceived(ByteBuf bytes) {
    relay.add(bytes);
    client.proceed();
  }

  @Override
  public void upstreamInputClosed() {
    relay.endOfInput(true);
    client.proceed();
  }

  @Override
  public void upstreamLost() {
    relay.endOfInput(false);
    client.proceed();
  }

  private void upstreamFailed(UpstreamConnection connection) {
    boolean wentStale = connection.isReused() && !relay.isBegun() && request.isRepeatable();
    connection.abort();
    if (wentStale && !repeated) {
      repeated = true;
      upstream = null;
      relay.release();
      relay = new ResponseRelay(client, request);
      connect(true);
    } else {
      fail(Unserved.BAD_ANSWER);
    }
  }

  @Override
  public void upstreamWritable() {
    client.proceed();
  }

  @Override
  public void inputClosed() {
    client.proceed(); // what is pending may be the rest of the request
  }

  @Override
  public void lost() {
    UpstreamConnection connection = upstream;
    if (!ended) {
      end();
    }
    if (connection != null) {
      connection.abort();
    }
  }

  @Override
  public void timedOut() {
    UpstreamConnection connection = upstream;
    if (connection != null) {
      connection.abort();
    }
    if (ended) {
      return;
    }
    if (sender.isSent() || relay.isHeadSent()) {
      fail(Unserved.ANSWER_TIMED_OUT);
    } else {
      end();
      Answers.plain(client, request, PlainAnswer.REQUEST_TIMEOUT);
    }
  }
}
