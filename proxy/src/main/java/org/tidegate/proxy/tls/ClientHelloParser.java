package org.tidegate.proxy.tls;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the body of one ClientHello (RFC 8446 §4.1.2, RFC 6066 §3). */
final class ClientHelloParser {
  private static final int VERSION_AND_RANDOM = 2 + 32;
  private static final int SERVER_NAME = 0;
  private static final int HOST_NAME = 0;
  private static final int ENCRYPTED_CLIENT_HELLO = 0xfe0d;

  private final byte[] bytes;
  private final int end;
  private int at;
  private @Nullable String serverName;
  private boolean encrypted;

  ClientHelloParser(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  ClientHello parse() throws BadHello {
    skip(VERSION_AND_RANDOM, end);
    skip(number(1, end), end); // session id
    skip(number(2, end), end); // cipher suites
    skip(number(1, end), end); // compression methods
    if (at < end) {
      int extensionsEnd = bounded(number(2, end), end);
      if (extensionsEnd != end) {
        throw new BadHello();
      }
      while (at < end) {
        readExtension();
      }
    }
    return new ClientHello(serverName, encrypted);
  }

  private void readExtension() throws BadHello {
    int type = number(2, end);
    int extensionEnd = bounded(number(2, end), end);
    if (type == SERVER_NAME) {
      readServerName(extensionEnd);
    } else if (type == ENCRYPTED_CLIENT_HELLO) {
      encrypted = true;
    }
    at = extensionEnd;
  }

  /** One list of exactly one host name: with two, a server could pick the one not judged. */
  private void readServerName(int extensionEnd) throws BadHello {
    int listEnd = bounded(number(2, extensionEnd), extensionEnd);
    int type = number(1, listEnd);
    int length = number(2, listEnd);
    int nameEnd = bounded(length, listEnd);
    if (serverName != null
        || type != HOST_NAME
        || length == 0
        || nameEnd != listEnd
        || listEnd != extensionEnd) {
      throw new BadHello();
    }
    serverName = new String(bytes, at, length, StandardCharsets.UTF_8);
  }

  private int number(int size, int limit) throws BadHello {
    int value = 0;
    int from = at;
    skip(size, limit);
    for (int i = from; i < at; i++) {
      value = value << 8 | (bytes[i] & 0xff);
    }
    return value;
  }

  private int bounded(int length, int limit) throws BadHello {
    if (length > limit - at) {
      throw new BadHello();
    }
    return at + length;
  }

  private void skip(int length, int limit) throws BadHello {
    at = bounded(length, limit);
  }
}
