package org.tidegate.proxy.exchange;

import org.tidegate.filter.Verdict;
import org.tidegate.proxy.event.Judged;
import org.tidegate.proxy.event.ListenerKind;
import org.tidegate.proxy.event.Sight;
import org.tidegate.proxy.event.Unserved;
import org.tidegate.proxy.http.AutoConfigRequest;
import org.tidegate.proxy.http.BadMessage;
import org.tidegate.proxy.http.GatedRequest;
import org.tidegate.proxy.http.HeadReader;
import org.tidegate.proxy.http.MessageHead;
import org.tidegate.proxy.http.TargetUri;
import org.tidegate.proxy.splash.ProxyAutoConfig;
import org.tidegate.proxy.tls.Inspection;

/** Waits for a request's head, lets it through the gate, and has it judged. */
final class AwaitingRequest implements Stage {
  private final ClientConnection client;
  private final HeadReader reader;
  private boolean begun;

  AwaitingRequest(ClientConnection client) {
    this.client = client;
    Limits limits = client.limits();
    this.reader =
        new HeadReader(MessageHead.Kind.REQUEST, limits.requestLineBytes(), limits.fieldBytes());
  }

  @Override
  public void proceed() {
    if (!client.isWritable()) {
      client.expectWithin(client.limits().stall()); // answers go unread: no more of them
      return;
    }
    try {
      MessageHead head = reader.read(client.pending());
      if (head == null) {
        awaitMore();
      } else if (!answersAutoConfig(head)) {
        dispatch(client.gate().check(head));
      }
    } catch (BadMessage e) {
      Answers.refuse(client, e.refusal());
    }
  }

  private void awaitMore() {
    if (client.inputEnded() || (!begun && !client.mayContinue())) {
      client.finish();
      return;
    }
    boolean first = !begun && client.pending().isReadable();
    if (first) {
      begun = true;
      client.expectWithin(client.limits().head()); // in all, however the bytes trickle in
    } else if (!begun) {
      client.expectWithin(client.limits().idle());
    }
    client.read();
  }

  /**
   * Asked of the gateway itself, and not to be passed on; a body, and what follows, is not read.
   */
  private boolean answersAutoConfig(MessageHead head) {
    client.beginRequest();
    ProxyAutoConfig script = client.services().autoConfig();
    if (script == null || client.listener() != ListenerKind.EXPLICIT || client.tunnel() != null) {
      return false;
    }
    String method = AutoConfigRequest.method(head);
    if (!method.isEmpty()) {
      Answers.last(client, script.answer(), method.equals("GET"));
    }
    return !method.isEmpty();
  }

  private void dispatch(GatedRequest request) {
    client.identify(request);
    if (request.target() instanceof TargetUri.HostOnly tunnel && client.inspection() != null) {
      openTunnel(request, tunnel); // what is inside is judged
      return;
    }
    boolean tunnels = request.target() instanceof TargetUri.HostOnly;
    Judged judged = client.judge(request.target(), tunnels ? Sight.CONNECT : Sight.URL);
    if (judged.judgement().verdict() instanceof Verdict.Blocked blocked) {
      Answers.splash(client, request, blocked, judged);
    } else if (!judged.judgement().passes()) {
      Answers.unavailable(client, request);
    } else if (judged.canary()) {
      // Nobody has that name: asking for it outside would only tell that a gateway stands open.
      Answers.unserved(client, request, Unserved.NAME_NOT_FOUND);
    } else if (client.isOwnTraffic()) { // judged before: what is listed gets its splash page
      Answers.unserved(client, request, Unserved.LOOP);
    } else if (HeldHead.leavesNoRoom(client.address())) {
      Answers.unserved(client, request, Unserved.NO_MEMORY);
    } else if (request.target() instanceof TargetUri.HostOnly tunnel) {
      openTunnel(request, tunnel);
    } else if (request.maxForwards() == 0) {
      Answers.asLast(client, request);
    } else {
      client.enter(new Exchange(client, request), request.head().memory());
    }
  }

  private void openTunnel(GatedRequest request, TargetUri.HostOnly tunnel) {
    Inspection inspection = client.inspection();
    if (!client.services().connectPorts().test(tunnel.port())) {
      Answers.unserved(client, request, Unserved.PORT_NOT_ALLOWED);
    } else if (inspection == null) {
      client.enter(new TunnelOpening(client, request, tunnel), request.head().memory());
    } else {
      TunnelOpening.grant(client);
      client.enter(
          new InspectedFirstBytes(
              client, tunnel, TunnelOpening.credentials(client, request), inspection));
    }
  }

  @Override
  public void inputClosed() {
    proceed(); // requests may still be pending
  }

  @Override
  public void lost() {}

  @Override
  public void timedOut() {
    if (begun && client.isWritable()) {
      Answers.requestTimeout(client);
    } else if (client.isWritable()) {
      client.finish();
    } else {
      client.abort();
    }
  }

  @Override
  public boolean isIdle() {
    return !begun && !client.pending().isReadable();
  }
}
