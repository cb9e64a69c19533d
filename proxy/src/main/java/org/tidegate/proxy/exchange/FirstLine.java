package org.tidegate.proxy.exchange;

import io.netty.buffer.ByteBuf;

/** Whether a stream's first bytes begin an HTTP request. */
enum FirstLine {
  HTTP,
  OTHER,
  UNDECIDED;

  private static final int MAX_METHOD = 32;

  /** HTTP begins with a method in capitals, a space, and a path, an asterisk or a scheme. */
  static FirstLine of(ByteBuf in) {
    int start = in.readerIndex();
    for (int i = 0; i < in.readableBytes(); i++) {
      byte b = in.getByte(start + i);
      if (b == ' ' && i > 0) {
        return afterMethod(in, start + i + 1);
      }
      if (b < 'A' || b > 'Z' || i == MAX_METHOD) {
        return OTHER;
      }
    }
    return UNDECIDED;
  }

  private static FirstLine afterMethod(ByteBuf in, int at) {
    if (at == in.writerIndex()) {
      return UNDECIDED;
    }
    byte b = in.getByte(at);
    return b == '/' || b == '*' || b == 'h' || b == 'H' ? HTTP : OTHER;
  }
}
