package org.tidegate.proxy.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.url.CanonicalHost;

/**
 * Lets a request in only if every parser would read it alike: one target, one Host that agrees with
 * it, one framing. Immutable; each row of docs/request-gate.md is a refusal thrown here or by
 * {@link MessageHead}.
 */
public final class RequestGate {
  private static final int NOT_INTERCEPTED = -1;

  private final TargetUri.@Nullable HostOnly inside;
  private final boolean tls;
  private final int interceptedPort;

  private RequestGate(TargetUri.@Nullable HostOnly inside, boolean tls, int interceptedPort) {
    this.inside = inside;
    this.tls = tls;
    this.interceptedPort = interceptedPort;
  }

  /** The gate of an explicit proxy: absolute-form targets, and CONNECT. */
  public static RequestGate explicit() {
    return new RequestGate(null, false, NOT_INTERCEPTED);
  }

  /** The gate inside a tunnel that carries clear HTTP: origin-form targets on the tunnel's host. */
  public static RequestGate inside(TargetUri.HostOnly tunnel) {
    return new RequestGate(tunnel, false, NOT_INTERCEPTED);
  }

  /** The gate inside inspected TLS: the same, and what is asked for are https URLs. */
  public static RequestGate insideTls(TargetUri.HostOnly tunnel) {
    return new RequestGate(tunnel, true, NOT_INTERCEPTED);
  }

  /**
   * The gate of a transparent listener: origin-form targets on the host that Host names, and on the
   * port that the client connected to where it names none.
   */
  public static RequestGate intercepted(int port) {
    return new RequestGate(null, false, port);
  }

  /**
   * Checks a head. A {@link BadMessage} is to be answered by its status, and the connection closed.
   */
  public GatedRequest check(MessageHead head) throws BadMessage {
    byte[] bytes = head.bytes();
    int lineEnd = head.startLineEnd();
    int methodEnd = indexOf(bytes, ' ', 0, lineEnd);
    int targetEnd = indexOf(bytes, ' ', methodEnd + 1, lineEnd);
    if (!Syntax.isToken(bytes, 0, methodEnd)) {
      throw new BadMessage(Refusal.BAD_METHOD);
    }
    byte[] target = Arrays.copyOfRange(bytes, methodEnd + 1, targetEnd);
    requireTarget(target);
    boolean http11 = isHttp11(bytes, targetEnd + 1, lineEnd);
    String method = new String(bytes, 0, methodEnd, StandardCharsets.US_ASCII);
    Framing framing = framing(head, method, http11);
    TargetUri uri = target(head, method, target, http11);
    List<String> options = ConnectionOptions.of(head);
    for (String option : options) {
      requireHarmless(option);
    }
    return new GatedRequest(
        head,
        method,
        uri,
        framing,
        http11,
        keepAlive(head, http11, options),
        http11 && expectsContinue(head) && framing.hasBody(),
        http11 && isWebSocket(head, method, framing, options),
        options);
  }

  private TargetUri target(MessageHead head, String method, byte[] target, boolean http11)
      throws BadMessage {
    boolean connect = method.equals("CONNECT");
    boolean options = method.equals("OPTIONS");
    if (connect && (inside != null || interceptedPort != NOT_INTERCEPTED)) {
      throw new BadMessage(Refusal.BAD_METHOD);
    }
    if (interceptedPort != NOT_INTERCEPTED) {
      Authority host = host(head);
      TargetUri.HostOnly asked = new TargetUri.HostOnly(host.host(), host.portOr(interceptedPort));
      return TargetParser.originForm(target, asked, false, options);
    }
    TargetUri uri;
    if (inside != null) {
      uri = TargetParser.originForm(target, inside, tls, options);
    } else if (connect) {
      uri = TargetParser.authorityForm(target);
    } else {
      uri = TargetParser.absoluteForm(target, options);
    }
    if (!connect || http11 || head.find("host", 0) >= 0) { // a CONNECT of HTTP/1.0 says it once
      requireAgreement(host(head), uri);
    }
    return uri;
  }

  private static int indexOf(byte[] bytes, char wanted, int from, int to) throws BadMessage {
    for (int i = from; i < to; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    throw new BadMessage(Refusal.BAD_REQUEST_LINE);
  }

  private static void requireTarget(byte[] target) throws BadMessage {
    for (byte b : target) {
      if (!Syntax.isTarget(b)) {
        throw new BadMessage(Refusal.BAD_TARGET);
      }
    }
    if (target.length == 0) {
      throw new BadMessage(Refusal.BAD_TARGET);
    }
  }

  private static boolean isHttp11(byte[] bytes, int from, int to) throws BadMessage {
    String version = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    if (version.equals("HTTP/1.1")) {
      return true;
    }
    if (version.equals("HTTP/1.0")) {
      return false;
    }
    throw new BadMessage(Refusal.BAD_VERSION);
  }

  private static Framing framing(MessageHead head, String method, boolean http11)
      throws BadMessage {
    Framing framing = Framing.ofRequest(head);
    if (framing.kind() == Framing.Kind.CHUNKED && !http11) { // RFC 9112 §6.1
      throw new BadMessage(Refusal.BAD_ENCODING);
    }
    if (method.equals("CONNECT") && framing.hasBody()) {
      throw new BadMessage(Refusal.BODY_ON_CONNECT);
    }
    return framing;
  }

  private static Authority host(MessageHead head) throws BadMessage {
    int field = head.find("host", 0);
    if (field < 0) {
      throw new BadMessage(Refusal.NO_HOST);
    }
    if (head.find("host", field + 1) >= 0) {
      throw new BadMessage(Refusal.SEVERAL_HOSTS);
    }
    return Authority.parse(head.bytes(), head.valueStart(field), head.valueEnd(field))
        .orElseThrow(() -> new BadMessage(Refusal.BAD_HOST));
  }

  private static void requireAgreement(Authority host, TargetUri target) throws BadMessage {
    if (!sameHost(host.host(), target.host())
        || host.portOr(impliedPort(target)) != target.port()) {
      throw new BadMessage(Refusal.HOST_UNLIKE_TARGET);
    }
  }

  /** The port that a Host field without one means; beside CONNECT many clients leave it out. */
  private static int impliedPort(TargetUri target) {
    if (target instanceof TargetUri.Whole whole) {
      return whole.tls() ? TargetParser.HTTPS_PORT : TargetParser.HTTP_PORT;
    }
    return target.port();
  }

  private static boolean sameHost(CanonicalHost one, CanonicalHost other) {
    return Arrays.equals(one.bytes(), other.bytes());
  }

  /** Fields on which routing and framing rest are not for Connection to take away. */
  private static void requireHarmless(String option) throws BadMessage {
    switch (option) {
      case "host", "content-length", "transfer-encoding" ->
          throw new BadMessage(Refusal.BAD_CONNECTION_OPTION);
      default -> {}
    }
  }

  private static boolean keepAlive(MessageHead head, boolean http11, List<String> options) {
    if (options.contains("close")) {
      return false;
    }
    int proxyConnection = head.find("proxy-connection", 0);
    return http11
        || options.contains("keep-alive")
        || (proxyConnection >= 0 && head.value(proxyConnection).equalsIgnoreCase("keep-alive"));
  }

  private static boolean expectsContinue(MessageHead head) throws BadMessage {
    int field = head.find("expect", 0);
    if (field >= 0
        && (!head.value(field).equalsIgnoreCase("100-continue")
            || head.find("expect", field + 1) >= 0)) {
      throw new BadMessage(Refusal.EXPECTATION);
    }
    return field >= 0;
  }

  private static boolean isWebSocket(
      MessageHead head, String method, Framing framing, List<String> options) {
    int upgrade = head.find("upgrade", 0);
    return upgrade >= 0
        && method.equals("GET")
        && !framing.hasBody()
        && options.contains("upgrade")
        && head.value(upgrade).equalsIgnoreCase("websocket")
        && head.find("upgrade", upgrade + 1) < 0;
  }
}
