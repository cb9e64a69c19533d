package org.tidegate.proxy.upstream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way onward: names by a real DNS exchange, and addresses tried until one answers. */
@Timeout(60)
class UpstreamsIT {
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final EventLoop loop = loops.next();
  private final EventLoop another = loops.next();
  private final Queue<String> questions = new ConcurrentLinkedQueue<>();
  private final Queue<Runnable> heldBack = new ConcurrentLinkedQueue<>();

  @AfterEach
  void stop() {
    loops.shutdownGracefully().syncUninterruptibly();
  }

  private Dialer dialer(NameResolver names, InetSocketAddress... allowed) {
    return new Dialer(
        NioSocketChannel.class,
        names,
        new Candidates(new AddressRules(true, List.of(allowed)), new OwnTraffic()),
        Duration.ofSeconds(10));
  }

  /** A name server that knows few names, and answers NXDOMAIN to every other question. */
  private Channel nameServer() throws InterruptedException {
    return new Bootstrap()
        .group(loops)
        .channel(NioDatagramChannel.class)
        .handler(
            new ChannelInitializer<NioDatagramChannel>() {
              @Override
              protected void initChannel(NioDatagramChannel channel) {
                channel
                    .pipeline()
                    .addLast(
                        new DatagramDnsQueryDecoder(),
                        new DatagramDnsResponseEncoder(),
                        new Answering());
              }
            })
        .bind(InetAddress.getLoopbackAddress(), 0)
        .sync()
        .channel();
  }

  private final class Answering extends SimpleChannelInboundHandler<DatagramDnsQuery> {
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DatagramDnsQuery query)
        throws IOException {
      DnsQuestion question = query.recordAt(DnsSection.QUESTION);
      String asked = question.name() + " " + question.type().name();
      boolean again = questions.contains(asked);
      questions.add(asked);
      DatagramDnsResponse response =
          new DatagramDnsResponse(query.recipient(), query.sender(), query.id());
      response.addRecord(
          DnsSection.QUESTION, new DefaultDnsQuestion(question.name(), question.type()));
      boolean alias = question.name().matches("(far)?alias\\.example\\.");
      if (alias) {
        response.addRecord(
            DnsSection.ANSWER,
            new DefaultDnsRawRecord(
                question.name(),
                DnsRecordType.CNAME,
                60,
                ctx.alloc().buffer().writeBytes("\4both\7example\0".getBytes(US_ASCII))));
      }
      String name = alias ? "both.example." : question.name();
      if (name.matches("(both|late|lost)\\.example\\.") && !asked.startsWith("faralias.")) {
        boolean v4 = question.type().equals(DnsRecordType.A);
        byte[] address = InetAddress.getByName(v4 ? "127.0.0.1" : "::1").getAddress();
        response.addRecord(
            DnsSection.ANSWER,
            new DefaultDnsRawRecord(
                name, question.type(), 60, ctx.alloc().buffer().writeBytes(address)));
      } else if (name.equals("crowd.example.")) {
        for (int i = 0; i < 100 && question.type().equals(DnsRecordType.A); i++) {
          byte[] address = {(byte) 198, 51, 100, (byte) i};
          response.addRecord(
              DnsSection.ANSWER,
              new DefaultDnsRawRecord(
                  name, question.type(), 60, ctx.alloc().buffer().writeBytes(address)));
        }
      } else if (!alias) {
        response.setCode(DnsResponseCode.NXDOMAIN);
      }
      if (asked.equals("late.example. A")) {
        heldBack.add(() -> ctx.writeAndFlush(response));
      } else if (asked.startsWith("lost.") && !again) {
        response.release();
      } else {
        ctx.writeAndFlush(response);
      }
    }
  }

  private DnsNames dns(Channel server) {
    return new DnsNames(
        NioDatagramChannel.class,
        NioSocketChannel.class,
        List.of((InetSocketAddress) server.localAddress()));
  }

  @Test
  void bothFamiliesAreAskedForAndCachedAndNoSearchDomainIsTried() throws Exception {
    Channel server = nameServer();
    try (DnsNames names = dns(server)) {
      for (int i = 0; i < 3; i++) {
        assertThat(names.resolve("both.example", 81, loop).get())
            .containsExactlyInAnyOrder(
                new InetSocketAddress("::1", 81), new InetSocketAddress("127.0.0.1", 81));
      }
      assertThat(questions).containsExactlyInAnyOrder("both.example. A", "both.example. AAAA");
      questions.clear();
      assertThatThrownBy(() -> names.resolve("none.example", 80, loop).get())
          .isInstanceOf(ExecutionException.class);
      assertThat(questions).allMatch(q -> q.startsWith("none.example. "));
    }
  }

  /** What one client's lookup has learned so far is not all there is for another's. */
  @Test
  void nobodyGetsHalfOfAnAnswer() throws Exception {
    try (DnsNames names = dns(nameServer())) {
      var first = names.resolve("late.example", 80, loop);
      await().until(() -> questions.size() == 2 && heldBack.size() == 1);
      var sameLoop = names.resolve("late.example", 80, loop);
      var otherLoop = names.resolve("late.example", 80, another);
      await().until(() -> heldBack.size() == 2);
      heldBack.forEach(Runnable::run);
      for (var each : List.of(first, sameLoop, otherLoop)) {
        assertThat(each.get()).hasSize(2);
      }
      assertThat(questions).as("once for each loop").hasSize(4);
    }
  }

  /** Aliases, with the addresses behind them in the same answer or to be asked for. */
  @ParameterizedTest
  @ValueSource(strings = {"alias.example", "faralias.example"})
  void aliasesAreFollowed(String alias) throws Exception {
    try (DnsNames names = dns(nameServer())) {
      assertThat(names.resolve(alias, 80, loop).get())
          .containsExactlyInAnyOrder(
              new InetSocketAddress("::1", 80), new InetSocketAddress("127.0.0.1", 80));
    }
  }

  @Test
  void ofVeryManyAddressesNoMoreAreKeptThanAreOfUse() throws Exception {
    try (DnsNames names = dns(nameServer())) {
      assertThat(names.resolve("crowd.example", 80, loop).get()).hasSize(64);
    }
  }

  @Test
  void aLostDatagramIsSentOnceMore() throws Exception {
    try (DnsNames names = dns(nameServer())) {
      assertThat(names.resolve("lost.example", 80, loop).get()).hasSize(2);
      assertThat(questions).hasSize(4);
    }
  }

  @Test
  void theHostsFileNeedsNoServer() throws Exception {
    try (DnsNames names = dns(nameServer())) {
      assertThat(names.resolve("localhost", 80, loop).get())
          .contains(new InetSocketAddress("127.0.0.1", 80));
    }
    assertThat(questions).isEmpty();
  }

  @Test
  void anAddressNeedsNoServer() throws Exception {
    try (DnsNames names = dns(nameServer())) {
      assertThat(names.resolve("192.0.2.7", 80, loop).get())
          .containsExactly(new InetSocketAddress("192.0.2.7", 80));
      assertThat(names.resolve("[2001:db8::7]", 80, loop).get())
          .containsExactly(new InetSocketAddress("2001:db8::7", 80));
    }
    assertThat(questions).isEmpty();
  }

  @Test
  void theOtherFamilyIsTriedWhenTheFirstRefuses() throws Exception {
    try (DnsNames names = dns(nameServer());
        ServerSocket v4 = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Channel channel =
          dialer(names, at("::1", v4.getLocalPort()), at("127.0.0.1", v4.getLocalPort()))
              .dial("both.example", v4.getLocalPort(), Approach.PLAIN, false, loop)
              .get();
      assertThat(channel.remoteAddress())
          .isEqualTo(new InetSocketAddress("127.0.0.1", v4.getLocalPort()));
      channel.close();
    }
  }

  @Test
  void aNameThatLeadsToTheMachineItselfIsRefused() throws Exception {
    try (DnsNames names = dns(nameServer())) {
      assertThat(failure(dialer(names).dial("both.example", 80, Approach.PLAIN, false, loop)))
          .isEqualTo(DialFailure.Reason.ADDRESS_REFUSED);
      assertThat(failure(dialer(names).dial("none.example", 80, Approach.PLAIN, false, loop)))
          .isEqualTo(DialFailure.Reason.NAME_NOT_FOUND);
    }
  }

  @Test
  void whereNobodyListensIsUnreachable() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"))) {
      port = closed.getLocalPort();
    }
    NameResolver names = new FixedNames(new InetSocketAddress("127.0.0.2", port));
    assertThat(
            failure(
                dialer(names, at("127.0.0.2", port))
                    .dial("a.example", 80, Approach.PLAIN, false, loop)))
        .isEqualTo(DialFailure.Reason.UNREACHABLE);
  }

  private static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(address, port);
  }

  private static DialFailure.Reason failure(Future<Channel> dialed) throws InterruptedException {
    dialed.await();
    return ((DialFailure) dialed.cause()).reason();
  }
}
