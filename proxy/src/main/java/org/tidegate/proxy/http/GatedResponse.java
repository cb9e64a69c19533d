package org.tidegate.proxy.http;

import java.util.List;

/**
 * A response head with one reading.
 *
 * @param keepAlive whether its connection may carry another request once the body is read
 */
public record GatedResponse(
    MessageHead head,
    int status,
    Framing framing,
    boolean keepAlive,
    List<String> connectionOptions) {

  /** Whether another head follows for the same request; 101 is final. */
  public boolean isInterim() {
    return status < 200 && status != 101;
  }

  /** Whether it grants an upgrade to WebSocket. */
  public boolean grantsWebSocket() {
    int upgrade = head.find("upgrade", 0);
    return status == 101 && upgrade >= 0 && head.value(upgrade).equalsIgnoreCase("websocket");
  }

  /** Discloses nothing. */
  @Override
  public String toString() {
    return "GatedResponse";
  }
}
