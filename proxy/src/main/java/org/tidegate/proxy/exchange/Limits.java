package org.tidegate.proxy.exchange;

import java.time.Duration;

/**
 * Bounds on what one client connection may ask for.
 *
 * @param requestLineBytes the longest request line
 * @param fieldBytes all fields of a request or a response together
 * @param head from a request's first byte to its head's last
 * @param idle between requests
 * @param connect until a connection onward is open
 * @param response from a request's last byte to its answer's head
 * @param stall without a byte moving in a body
 * @param uploadBytesPerSecond what a client must send on average of a request's body, once {@code
 *     stall} has passed; 0 for any speed
 * @param exchange from a request's head to its answer's last byte
 * @param tunnelFirstBytes until a tunnel's first bytes are known
 * @param tunnelIdle without a byte moving in a tunnel
 * @param upstreamIdle how long an unused connection onward is kept
 */
public record Limits(
    int requestLineBytes,
    int fieldBytes,
    Duration head,
    Duration idle,
    Duration connect,
    Duration response,
    Duration stall,
    int uploadBytesPerSecond,
    Duration exchange,
    Duration tunnelFirstBytes,
    Duration tunnelIdle,
    Duration upstreamIdle) {

  public static final Limits DEFAULT =
      new Limits(
          32 * 1024,
          64 * 1024,
          Duration.ofSeconds(15),
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          Duration.ofSeconds(120),
          Duration.ofSeconds(120),
          128,
          Duration.ofHours(24),
          Duration.ofSeconds(30),
          Duration.ofMinutes(15),
          Duration.ofSeconds(15));
}
