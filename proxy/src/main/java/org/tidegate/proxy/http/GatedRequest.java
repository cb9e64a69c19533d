package org.tidegate.proxy.http;

import java.util.List;

/**
 * A request that passed the gate: it has one reading.
 *
 * @param connectionOptions what its Connection fields name, in lower case
 */
public record GatedRequest(
    MessageHead head,
    String method,
    TargetUri target,
    Framing framing,
    boolean http11,
    boolean keepAlive,
    boolean expectsContinue,
    boolean webSocket,
    List<String> connectionOptions) {

  public boolean isHead() {
    return method.equals("HEAD");
  }

  /** Whether it may be sent a second time on its own (RFC 9110 §9.2.2) since it has no body. */
  public boolean isRepeatable() {
    return !framing.hasBody()
        && switch (method) {
          case "GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE" -> !webSocket;
          default -> false;
        };
  }

  /** Discloses nothing. */
  @Override
  public String toString() {
    return "GatedRequest";
  }
}
