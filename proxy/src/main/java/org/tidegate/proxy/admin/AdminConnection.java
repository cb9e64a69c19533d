package org.tidegate.proxy.admin;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tidegate.proxy.http.BadMessage;
import org.tidegate.proxy.http.HeadReader;
import org.tidegate.proxy.http.MessageHead;

/** One request to the admin endpoint, one answer, and the end, all within a bounded time. */
final class AdminConnection extends ByteToMessageDecoder {
  private static final int REQUEST_LINE = 1024;
  private static final int FIELDS = 8 * 1024;
  private static final long WHOLE_SECONDS = 20;

  private final AdminPages pages;
  private final HeadReader reader = new HeadReader(MessageHead.Kind.REQUEST, REQUEST_LINE, FIELDS);
  private boolean answered;

  AdminConnection(AdminPages pages) {
    this.pages = pages;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.executor().schedule(() -> ctx.close(), WHOLE_SECONDS, TimeUnit.SECONDS);
    ctx.fireChannelActive();
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (answered) {
      in.skipBytes(in.readableBytes());
      return;
    }
    try {
      MessageHead head = reader.read(in);
      if (head != null) {
        answer(ctx, head.startLine().split(" ", -1));
      }
    } catch (BadMessage e) {
      send(ctx, null, AdminAnswer.text(400, "not a request (expected: HTTP/1.1)"));
    }
  }

  private void answer(ChannelHandlerContext ctx, String[] line) {
    boolean readable = line.length == 3 && line[2].startsWith("HTTP/1.") && !line[1].isEmpty();
    AdminAnswer answer =
        readable
            ? pages.answer(line[0], line[1])
            : AdminAnswer.text(400, "not a request (expected: HTTP/1.1)");
    send(ctx, line[0], answer);
  }

  private void send(ChannelHandlerContext ctx, @Nullable String method, AdminAnswer answer) {
    answered = true;
    ctx.writeAndFlush(Unpooled.wrappedBuffer(answer.bytes(!"HEAD".equals(method))))
        .addListener(ChannelFutureListener.CLOSE);
  }

  /** A reset, or a fault of ours: either way nothing more is to be said. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
