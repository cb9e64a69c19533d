package org.tidegate.proxy.tls;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the body of one ClientHello (RFC 8446 §4.1.2, RFC 6066 §3). */
final class ClientHelloParser {
  private static final int VERSION_AND_RANDOM = 2 + 32;
  private static final int SERVER_NAME = 0;
  private static final int HOST_NAME = 0;
  private static final int ENCRYPTED_CLIENT_HELLO = 0xfe0d;
  private static final int SIGNATURE_ALGORITHMS = 13;
  private static final int SUPPORTED_VERSIONS = 43;
  private static final int TLS_1_3 = 0x0304;
  private static final int ECDSA_P256_SHA256 = 0x0403;

  /** ECDHE_ECDSA with AES-GCM and ChaCha20 (RFC 5289, RFC 7905). */
  private static final Set<Integer> ECDSA_SUITES = Set.of(0xc02b, 0xc02c, 0xcca9);

  private final byte[] bytes;
  private final int end;
  private int at;
  private @Nullable String serverName;
  private boolean encrypted;
  private boolean ecdsaSuite;
  private boolean ecdsaSignature;
  private boolean tls13;

  ClientHelloParser(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  ClientHello parse() throws BadHello {
    skip(VERSION_AND_RANDOM, end);
    skip(number(1, end), end); // session id
    readSuites(bounded(number(2, end), end));
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
    return new ClientHello(serverName, encrypted, ecdsaSignature && (tls13 || ecdsaSuite));
  }

  private void readSuites(int suitesEnd) throws BadHello {
    while (at < suitesEnd) {
      ecdsaSuite |= ECDSA_SUITES.contains(number(2, suitesEnd));
    }
  }

  private void readExtension() throws BadHello {
    int type = number(2, end);
    int extensionEnd = bounded(number(2, end), end);
    if (type == SERVER_NAME) {
      readServerName(extensionEnd);
    } else if (type == ENCRYPTED_CLIENT_HELLO) {
      encrypted = true;
    } else if (type == SIGNATURE_ALGORITHMS) {
      ecdsaSignature = holds(2, ECDSA_P256_SHA256, extensionEnd);
    } else if (type == SUPPORTED_VERSIONS) {
      tls13 = holds(1, TLS_1_3, extensionEnd);
    }
    at = extensionEnd;
  }

  /** Whether a list of two-byte values, its length before it, holds one of them. */
  private boolean holds(int lengthSize, int wanted, int extensionEnd) throws BadHello {
    int listEnd = bounded(number(lengthSize, extensionEnd), extensionEnd);
    boolean found = false;
    while (at < listEnd) {
      found |= number(2, listEnd) == wanted;
    }
    return found;
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
