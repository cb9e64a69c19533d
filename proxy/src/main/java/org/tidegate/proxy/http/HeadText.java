package org.tidegate.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/**
 * Writes a head as HTTP/1.1 whose parts came apart from each other, as in HTTP/2. What would shift
 * a boundary between the parts is refused here; all else is the gates' to judge, which read the
 * text like any other.
 */
public final class HeadText {
  private static final byte[] CRLF = {'\r', '\n'};

  private final ByteBuf out;

  /** Begins a text in a buffer. */
  public HeadText(ByteBuf out) {
    this.out = out;
  }

  /** The first line of a request. */
  public void requestLine(CharSequence method, CharSequence target) throws BadMessage {
    requireToken(method, Refusal.BAD_METHOD);
    for (int i = 0; i < target.length(); i++) {
      if (!isByte(target.charAt(i)) || !Syntax.isTarget((byte) target.charAt(i))) {
        throw new BadMessage(Refusal.BAD_TARGET);
      }
    }
    write(method);
    out.writeByte(' ');
    write(target);
    ByteBufUtil.writeAscii(out, " HTTP/1.1\r\n");
  }

  /** The first line of an answer. */
  public void statusLine(int status) {
    ByteBufUtil.writeAscii(out, "HTTP/1.1 " + status + " \r\n");
  }

  /** One field. */
  public void field(CharSequence name, CharSequence value) throws BadMessage {
    requireToken(name, Refusal.BAD_FIELD_NAME);
    for (int i = 0; i < value.length(); i++) {
      if (!isByte(value.charAt(i)) || !Syntax.isFieldValue((byte) value.charAt(i))) {
        throw new BadMessage(Refusal.BAD_FIELD_VALUE);
      }
    }
    write(name);
    out.writeByte(':').writeByte(' ');
    write(value);
    out.writeBytes(CRLF);
  }

  /** The empty line after the fields. */
  public void end() {
    out.writeBytes(CRLF);
  }

  private static void requireToken(CharSequence text, Refusal refusal) throws BadMessage {
    for (int i = 0; i < text.length(); i++) {
      if (!isByte(text.charAt(i)) || !Syntax.isToken((byte) text.charAt(i))) {
        throw new BadMessage(refusal);
      }
    }
    if (text.length() == 0) {
      throw new BadMessage(refusal);
    }
  }

  private static boolean isByte(char c) {
    return c <= 0xff;
  }

  private void write(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      out.writeByte(text.charAt(i));
    }
  }
}
