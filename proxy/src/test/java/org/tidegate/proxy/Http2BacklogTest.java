package org.tidegate.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.DefaultChannelId;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.local.LocalServerChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tidegate.proxy.http2.Http2Streams;

/** What waits for streams of HTTP/2 that nobody reads is bounded in number, not in bytes alone. */
class Http2BacklogTest {
  private static final int ENHANCE_YOUR_CALM = 11;

  /** More than may wait, less than a window of single bytes and what goes free beside each. */
  private static final int MANY = 40_000;

  private static final byte[] NOTHING = {};
  private static final byte[] ONE = {'x'};

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final Http2Wire wire = new Http2Wire(new ByteArrayInputStream(NOTHING), sent);
  private final List<Channel> streams = new ArrayList<>();

  /** By its parent Netty knows that the connection is a client's. */
  private final EmbeddedChannel connection =
      new EmbeddedChannel(new LocalServerChannel(), DefaultChannelId.newInstance(), true, false);

  private void serve(Function<Channel, ChannelHandler> stream) throws IOException {
    Http2Streams.serve(connection, 65_536, Duration.ofMinutes(1), stream);
    sent.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
    wire.frame(Http2Wire.SETTINGS, 0, 0, NOTHING);
    pass();
  }

  private void serveWithoutReading() throws IOException {
    serve(
        channel -> {
          streams.add(channel);
          return new ChannelInboundHandlerAdapter();
        });
  }

  @AfterEach
  void end() {
    connection.finishAndReleaseAll();
  }

  @Test
  void emptyFramesBesideSingleBytesAreBounded() throws IOException {
    serveWithoutReading();
    int stream = open(1);
    for (int i = 0; i < MANY && connection.isOpen(); i++) {
      wire.frame(Http2Wire.DATA, 0, stream, i % 11 == 0 ? ONE : NOTHING);
      pass();
    }
    assertThat(connection.isOpen()).isFalse();
    assertThat(goAway()).isEqualTo(ENHANCE_YOUR_CALM);
  }

  @Test
  void singleBytesAreBounded() throws IOException {
    serveWithoutReading();
    int stream = open(1);
    for (int i = 0; i < MANY && connection.isOpen(); i++) {
      wire.frame(Http2Wire.DATA, 0, stream, ONE);
      pass();
    }
    assertThat(connection.isOpen()).isFalse();
    assertThat(goAway()).isEqualTo(ENHANCE_YOUR_CALM);
  }

  @Test
  void unknownFramesOfAStreamThatIsNotReadAreAFlood() throws IOException {
    serveWithoutReading();
    int stream = open(1);
    for (int i = 0; i < 1000 && connection.isOpen(); i++) {
      wire.frame(77, 0, stream, ONE);
      pass();
    }
    assertThat(connection.isOpen()).isFalse();
    assertThat(goAway()).isEqualTo(ENHANCE_YOUR_CALM);
  }

  @Test
  void aWindowOfSmallMessagesMayWait() throws IOException {
    serveWithoutReading();
    int stream = open(1);
    for (int i = 0; i < 65_535 / 5; i++) {
      wire.frame(Http2Wire.DATA, 0, stream, new byte[5]);
      pass();
    }
    assertThat(connection.isOpen()).isTrue();
  }

  @Test
  void whatIsReadDoesNotCount() throws IOException {
    int[] read = new int[1];
    serve(channel -> new Reading(read));
    int stream = open(1);
    for (int i = 0; i < MANY; i++) {
      wire.frame(Http2Wire.DATA, 0, stream, ONE);
      pass();
    }
    assertThat(connection.isOpen()).isTrue();
    assertThat(read[0]).isGreaterThan(MANY);
  }

  @Test
  void whatWaitedForAStreamThatEndedDoesNotCount() throws IOException {
    serveWithoutReading();
    for (int i = 0; i < 20; i++) {
      int stream = open(1 + 2 * i);
      for (int frame = 0; frame < 3000; frame++) {
        wire.frame(Http2Wire.DATA, 0, stream, ONE);
        pass();
      }
      wire.frame(Http2Wire.RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
      pass();
    }
    assertThat(streams).hasSize(20).noneMatch(Channel::isOpen);
    assertThat(connection.isOpen()).isTrue();
  }

  /** One byte that waits does not hold the memory of all that was read with it. */
  @Test
  void aSmallFrameThatWaitsHoldsItsOwnBytesOnly() throws IOException {
    serveWithoutReading();
    int stream = open(1);
    wire.frame(Http2Wire.DATA, 0, stream, ONE);
    wire.frame(Http2Wire.DATA, 0, stream, new byte[100]);
    ByteBuf read = Unpooled.directBuffer(65_536).writeBytes(sent.toByteArray());
    sent.reset();
    connection.writeInbound(read);
    assertThat(read.refCnt()).isZero();
  }

  private int open(int stream) throws IOException {
    byte[] head =
        Http2Wire.block(
            ":method", "POST", ":scheme", "https", ":authority", "page.example", ":path", "/p");
    wire.frame(Http2Wire.HEADERS, Http2Wire.END_HEADERS, stream, head);
    pass();
    return stream;
  }

  private void pass() {
    ByteBuf bytes = Unpooled.copiedBuffer(sent.toByteArray());
    sent.reset();
    if (connection.isOpen()) {
      connection.writeInbound(bytes);
      connection.runPendingTasks();
    } else {
      bytes.release();
    }
  }

  /** The error of the GOAWAY that the gateway has written, or -1. */
  private int goAway() throws IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    for (ByteBuf bytes = connection.readOutbound();
        bytes != null;
        bytes = connection.readOutbound()) {
      bytes.readBytes(written, bytes.readableBytes());
      bytes.release();
    }
    Http2Wire answers =
        new Http2Wire(new ByteArrayInputStream(written.toByteArray()), new ByteArrayOutputStream());
    try {
      while (true) {
        Http2Wire.Frame frame = answers.read();
        if (frame.type() == Http2Wire.GOAWAY) {
          return frame.payload()[7];
        }
      }
    } catch (EOFException e) {
      return -1;
    }
  }

  /** Reads on and on. */
  private static final class Reading extends ChannelInboundHandlerAdapter {
    private final int[] read;

    Reading(int[] read) {
      this.read = read;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
      ctx.channel().eventLoop().execute(ctx::read);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      read[0] += ((ByteBuf) message).readableBytes();
      ReferenceCountUtil.release(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      ctx.read();
    }
  }
}
