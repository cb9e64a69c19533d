package org.tidegate.proxy;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.tidegate.proxy.event.GatewayEvents;
import org.tidegate.proxy.event.Judged;
import org.tidegate.proxy.event.ListenerKind;
import org.tidegate.proxy.event.ServerName;
import org.tidegate.proxy.event.Unserved;
import org.tidegate.proxy.http.Refusal;

/** Keeps what happened, in words. */
final class RecordedEvents implements GatewayEvents {
  private final Queue<String> heard = new ConcurrentLinkedQueue<>();
  final Queue<Judged> judgements = new ConcurrentLinkedQueue<>();

  List<String> heard() {
    return List.copyOf(heard);
  }

  @Override
  public void clientConnected(ListenerKind listener) {
    heard.add("client connected " + listener);
  }

  @Override
  public void clientGone(ListenerKind listener) {
    heard.add("client gone " + listener);
  }

  @Override
  public void clientTurnedAway(ListenerKind listener) {
    heard.add("client turned away " + listener);
  }

  @Override
  public void judged(Judged judged) {
    heard.add("judged " + judged.sight());
    judgements.add(judged);
  }

  @Override
  public void refused(ListenerKind listener, Refusal refusal) {
    heard.add("refused " + refusal);
  }

  @Override
  public void unserved(Unserved why) {
    heard.add("unserved " + why);
  }

  @Override
  public void answered(long nanos) {
    heard.add("answered" + (nanos > 0 ? "" : " before it was asked"));
  }

  @Override
  public void serverName(ServerName agreement) {
    heard.add("server name " + agreement);
  }

  @Override
  public void upstreamConnected() {
    heard.add("upstream connected");
  }

  @Override
  public void upstreamGone() {
    heard.add("upstream gone");
  }
}
