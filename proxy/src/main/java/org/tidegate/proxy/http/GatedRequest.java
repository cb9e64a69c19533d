package org.tidegate.proxy.http;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

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
  static final String MAX_FORWARDS = "max-forwards";

  private static final Pattern GRPC =
      Pattern.compile("application/grpc(?=[+; \\t]|$)", Pattern.CASE_INSENSITIVE);

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

  /**
   * Whether it authenticates the connection that it goes out on (NTLM and Negotiate, RFC 4559 §6),
   * so that what follows there is done in its user's name.
   */
  public boolean authenticatesConnection() {
    return hasConnectionCredentials("authorization")
        || hasConnectionCredentials("proxy-authorization");
  }

  /** Whether it is a call of gRPC, which takes HTTP/2 to its origin; gRPC-Web does not. */
  public boolean isGrpc() {
    int field = head.find("content-type", 0);
    return field >= 0 && GRPC.matcher(head.value(field)).lookingAt();
  }

  /** How many may pass it on yet (RFC 9110 §7.6.2), or −1 where that is not limited. */
  public long maxForwards() {
    boolean counts = method.equals("TRACE") || method.equals("OPTIONS");
    int field = counts ? head.find(MAX_FORWARDS, 0) : -1;
    return field < 0 ? -1 : Syntax.decimal(head.value(field));
  }

  /** The credentials that it has for a proxy, empty if none. */
  public String proxyCredentials() {
    int field = head.find("proxy-authorization", 0);
    return field < 0 ? "" : head.value(field);
  }

  private boolean hasConnectionCredentials(String field) {
    for (int i = head.find(field, 0); i >= 0; i = head.find(field, i + 1)) {
      String scheme = head.value(i).toLowerCase(Locale.ROOT);
      if (scheme.startsWith("ntlm") || scheme.startsWith("negotiate")) {
        return true;
      }
    }
    return false;
  }

  /** Discloses nothing. */
  @Override
  public String toString() {
    return "GatedRequest";
  }
}
