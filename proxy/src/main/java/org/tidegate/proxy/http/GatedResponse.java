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

  /** Discloses nothing. */
  @Override
  public String toString() {
    return "GatedResponse";
  }
}
