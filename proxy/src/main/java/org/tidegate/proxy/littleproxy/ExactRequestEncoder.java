package org.tidegate.proxy.littleproxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Writes a target as it was judged. Netty's own encoder writes bytes beyond ASCII as UTF-8 of
 * Latin-1, and adds a slash to targets with {@code ://} in the query: other URLs than were judged.
 */
final class ExactRequestEncoder extends HttpRequestEncoder {

  @Override
  protected void encodeInitialLine(ByteBuf out, HttpRequest request) {
    ByteBufUtil.writeAscii(out, request.method().name());
    out.writeByte(' ');
    out.writeCharSequence(request.uri(), StandardCharsets.ISO_8859_1);
    ByteBufUtil.writeAscii(out, " HTTP/1.1\r\n");
  }
}
