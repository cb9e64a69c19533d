package org.tidegate.proxy.exchange;

import io.netty.buffer.ByteBuf;

/** Whether a stream's first bytes begin an HTTP request. */
public enum FirstLine {
  HTTP,
  OTHER,
  UNDECIDED;

  /** Beyond it the gate decides, which refuses such a beginning. */
  private static final int MAX_UNDECIDED = 1024;

  private static final String BLANKS = " \t\r\u000b\f";
  private static final String LEADING = BLANKS + "\n";
  private static final String OTHER_TOKEN_BYTES = "!#$%&'*+-.^_`|~";
  private static final String TARGET_BEGINS = "/*\\?hH";

  /**
   * HTTP begins with a method, blanks, and a path, an asterisk or a scheme. As leniently as any
   * server might read it: what is taken for HTTP goes through the gate, what is not may be relayed.
   */
  public static FirstLine of(ByteBuf in) {
    int end = in.writerIndex();
    int method = skip(in, in.readerIndex(), LEADING);
    int at = method;
    while (at < end && isToken(in.getByte(at))) {
      at++;
    }
    int target = skip(in, at, BLANKS);
    if (target == end) {
      return in.readableBytes() > MAX_UNDECIDED ? HTTP : UNDECIDED;
    }
    boolean http = at > method && target > at && TARGET_BEGINS.indexOf(in.getByte(target)) >= 0;
    return http ? HTTP : OTHER;
  }

  private static int skip(ByteBuf in, int from, String bytes) {
    int at = from;
    while (at < in.writerIndex() && bytes.indexOf(in.getByte(at)) >= 0) {
      at++;
    }
    return at;
  }

  private static boolean isToken(byte b) {
    int lower = b | 0x20;
    return (lower >= 'a' && lower <= 'z')
        || (b >= '0' && b <= '9')
        || (b > 0 && OTHER_TOKEN_BYTES.indexOf(b) >= 0);
  }
}
