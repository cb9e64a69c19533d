package org.tidegate.proxy.upstream;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.PromiseNotifier;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.url.CanonicalHost;
import org.tidegate.proxy.event.GatewayEvents;
import org.tidegate.proxy.http.TargetUri;
import org.tidegate.proxy.listen.ProxyVersion;
import org.tidegate.proxy.tls.OriginFault;
import org.tidegate.proxy.tls.OriginTls;

/** Finds or opens the connection that a request goes out on. Safe for use by many event loops. */
public final class Upstreams implements AutoCloseable {
  private final Dialer dialer;
  private final OriginTls tls;
  private final @Nullable ProxyVersion announce;
  private final Duration connectTimeout;
  private final Duration maxIdle;
  private final int fieldBytes;
  private final @Nullable ParentProxy parent;
  private final GatewayEvents events;
  private final int connectionsPerHost;
  private final Shares<String> shares = new Shares<>();
  private final Map<EventLoop, IdlePool> pools = new ConcurrentHashMap<>();

  /** Makes the way onward. The resolver is not closed with it. */
  public Upstreams(
      Class<? extends SocketChannel> channelType,
      NameResolver names,
      UpstreamSettings settings,
      OwnTraffic own) {
    AddressRules rules = new AddressRules(settings.privateAllowed(), settings.allowedAddresses());
    this.dialer = new Dialer(channelType, names, new Candidates(rules, own), settings.connect());
    this.tls = settings.tls();
    this.announce = settings.announce();
    this.connectTimeout = settings.connect();
    this.maxIdle = settings.idle();
    this.fieldBytes = settings.fieldBytes();
    this.parent = settings.parent();
    this.events = settings.events();
    this.connectionsPerHost = settings.connectionsPerHost();
  }

  /** How a client is announced; null where it is not. */
  public Approach.@Nullable Announced announced(InetSocketAddress client) {
    return announce == null ? null : new Approach.Announced(announce, client);
  }

  /** Whether a connection is one that the request might go out on. */
  public boolean suits(
      UpstreamConnection connection,
      TargetUri.Whole target,
      @Nullable String tunnel,
      Approach approach) {
    return connection.isOpen() && connection.route().equals(route(target, tunnel, approach));
  }

  private Route route(TargetUri.Whole target, @Nullable String tunnel, Approach approach) {
    ParentProxy via = parent;
    if (via == null) {
      return Route.direct(target.host(), target.port(), target.tls(), approach);
    }
    return tunnel == null
        ? Route.toParent(via, approach)
        : Route.through(credentials(tunnel), target.host(), target.port(), target.tls(), approach);
  }

  /** What goes to the parent with the requests of a client that has these credentials. */
  public String credentials(String clients) {
    return parent == null ? "" : parent.credentials().fieldFor(clients);
  }

  /** Whether a client can answer a parent that asks for credentials. */
  public boolean passesChallenges() {
    return parent == null || parent.credentials().ofClient();
  }

  /**
   * A connection for a request; the future fails with a {@link DialFailure}.
   *
   * @param tunnel the client's credentials of the CONNECT that the request came inside, and goes on
   *     inside; null if it came in none
   * @param http2 whether HTTP/2 is offered to the origin
   * @param fresh whether a connection that carried requests before will not do
   */
  public Future<UpstreamConnection> connect(
      TargetUri.Whole target,
      @Nullable String tunnel,
      boolean http2,
      boolean fresh,
      Approach approach,
      EventLoop loop) {
    Route route = route(target, tunnel, approach).inHttp2(http2);
    UpstreamConnection idle = fresh || approach.isPersonal() ? null : pool(loop).take(route);
    if (idle != null) {
      return idle.open(pool(loop)::put);
    }
    Future<UpstreamConnection> carrier =
        route.toParent() ? open(route, loop) : openShare(target.host(), route, loop);
    return route.tls() ? secured(carrier, loop) : carrier;
  }

  /** A connection whose bytes reach the host untouched, for a client with these credentials. */
  public Future<UpstreamConnection> tunnel(
      TargetUri.HostOnly target, String credentials, Approach approach, EventLoop loop) {
    Route route =
        parent == null
            ? Route.direct(target.host(), target.port(), false, approach)
            : Route.through(
                credentials(credentials), target.host(), target.port(), false, approach);
    return openShare(target.host(), route, loop);
  }

  /** A new connection, if the host may have one more. */
  private Future<UpstreamConnection> openShare(CanonicalHost host, Route route, EventLoop loop) {
    String to = route.host() + ":" + route.port();
    if (!shares.take(to, connectionsPerHost)) {
      return loop.newFailedFuture(new DialFailure(DialFailure.Reason.HOST_BUSY));
    }
    Future<UpstreamConnection> opened = openTunnel(host, route, loop);
    opened.addListener(
        (Future<UpstreamConnection> f) -> {
          if (f.isSuccess()) {
            f.getNow().whenGone(() -> shares.giveBack(to));
          } else {
            shares.giveBack(to);
          }
        });
    return opened;
  }

  /** Gives back a connection on which nothing is outstanding. */
  public void release(UpstreamConnection connection, EventLoop loop) {
    if (connection.isStream()) {
      connection.abort(); // what carries it went back when it ended
    } else {
      pool(loop).put(connection);
    }
  }

  private IdlePool pool(EventLoop loop) {
    return pools.computeIfAbsent(loop, l -> new IdlePool(l, maxIdle));
  }

  private Future<UpstreamConnection> openTunnel(CanonicalHost host, Route route, EventLoop loop) {
    ParentProxy via = parent;
    if (via == null) {
      return open(route, loop);
    }
    Promise<UpstreamConnection> result = loop.newPromise();
    dialer
        .dial(via.host(), via.port(), route.approach().toParent(), true, loop)
        .addListener(
            (Future<Channel> dialed) -> {
              if (dialed.isSuccess()) {
                report(dialed.getNow());
                ParentTunnel.open(dialed.getNow(), host, route, connectTimeout, result);
              } else {
                result.setFailure(dialed.cause());
              }
            });
    return result;
  }

  private Future<UpstreamConnection> open(Route route, EventLoop loop) {
    Promise<UpstreamConnection> result = loop.newPromise();
    dialer
        .dial(route.host(), route.port(), route.approach(), route.toParent(), loop)
        .addListener(
            (Future<Channel> dialed) -> {
              if (dialed.isSuccess()) {
                UpstreamConnection connection = new UpstreamConnection(dialed.getNow(), route);
                report(dialed.getNow());
                dialed.getNow().pipeline().addLast(connection);
                result.setSuccess(connection);
              } else {
                result.setFailure(dialed.cause());
              }
            });
    return result;
  }

  /** TLS on a connection whose bytes reach the origin, through a parent's tunnel or without. */
  private Future<UpstreamConnection> secured(Future<UpstreamConnection> carrier, EventLoop loop) {
    Promise<UpstreamConnection> result = loop.newPromise();
    carrier.addListener(
        (Future<UpstreamConnection> opened) -> {
          if (opened.isSuccess()) {
            secure(opened.getNow(), loop, result);
          } else {
            result.setFailure(opened.cause());
          }
        });
    return result;
  }

  private void secure(
      UpstreamConnection connection, EventLoop loop, Promise<UpstreamConnection> result) {
    Future<Channel> handshake;
    try {
      handshake = connection.secure(tls, fieldBytes, connectTimeout);
    } catch (RuntimeException e) { // a name that no certificate has, or no TLS library takes
      connection.close();
      result.setFailure(new DialFailure(DialFailure.Reason.TLS_FAILED));
      return;
    }
    handshake.addListener(
        shaken -> {
          if (shaken.isSuccess()) {
            PromiseNotifier.cascade(connection.open(pool(loop)::put), result);
          } else {
            connection.close();
            result.setFailure(new DialFailure(reason(shaken.cause())));
          }
        });
  }

  private static DialFailure.Reason reason(@Nullable Throwable failure) {
    if (failure instanceof SslHandshakeTimeoutException) {
      return DialFailure.Reason.TIMED_OUT;
    }
    return switch (OriginFault.of(failure)) {
      case OUTDATED -> DialFailure.Reason.ORIGIN_OUTDATED;
      case OTHER_NAME -> DialFailure.Reason.ORIGIN_OTHER_NAME;
      case UNTRUSTED -> DialFailure.Reason.ORIGIN_UNTRUSTED;
      case WEAK -> DialFailure.Reason.ORIGIN_WEAK;
      case OTHER -> DialFailure.Reason.TLS_FAILED;
    };
  }

  private void report(Channel channel) {
    events.upstreamConnected();
    channel.closeFuture().addListener(f -> events.upstreamGone());
  }

  /** Closes what waits in the pools; connections in use are their users' to close. */
  @Override
  public void close() {
    pools.forEach(
        (loop, pool) -> {
          if (!loop.isShuttingDown()) { // closed before
            loop.execute(pool::closeAll);
          }
        });
  }
}
