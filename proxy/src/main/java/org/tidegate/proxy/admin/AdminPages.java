package org.tidegate.proxy.admin;

import java.util.Map;
import java.util.StringJoiner;

/** What the admin endpoint answers. Nothing of a request is reflected. */
public final class AdminPages {
  private final Health health;
  private final GatewayFacts facts;

  /** Pages on a gateway. */
  public AdminPages(Health health, GatewayFacts facts) {
    this.health = health;
    this.facts = facts;
  }

  /** The answer to a method and target; any query is ignored. */
  AdminAnswer answer(String method, String target) {
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return AdminAnswer.text(405, "only GET and HEAD");
    }
    return switch (target.replaceFirst("\\?.*", "")) {
      case "/live" -> AdminAnswer.text(200, "live");
      case "/ready" -> ready();
      case "/metrics" -> metrics();
      case "/healthcheck" -> healthcheck();
      case "/" -> new AdminAnswer(200, "text/html; charset=utf-8", StatusPage.of(health, facts));
      default -> AdminAnswer.text(404, "only /, /live, /ready, /metrics and /healthcheck are here");
    };
  }

  private AdminAnswer ready() {
    Map<String, String> reasons = health.notReady();
    if (reasons.isEmpty()) {
      return AdminAnswer.text(200, "ready");
    }
    StringJoiner lines = new StringJoiner("\n");
    reasons.forEach((check, reason) -> lines.add("not ready: " + check + ": " + reason));
    return AdminAnswer.text(503, lines.toString());
  }

  private AdminAnswer healthcheck() {
    Map<String, String> checks = health.all();
    StringJoiner json = new StringJoiner(",", "{", "}\n");
    checks.forEach(
        (check, reason) ->
            json.add(
                reason.isEmpty()
                    ? "\"" + check + "\":{\"healthy\":true}"
                    : "\"" + check + "\":{\"healthy\":false,\"message\":\"" + reason + "\"}"));
    boolean healthy = checks.values().stream().allMatch(String::isEmpty);
    return AdminAnswer.json(healthy ? 200 : 503, json.toString());
  }

  private AdminAnswer metrics() {
    PrometheusText text = new PrometheusText();
    text.add(Metric.READY, health.notReady().isEmpty() ? 1 : 0);
    facts.writeTo(text);
    return new AdminAnswer(200, PrometheusText.CONTENT_TYPE, text.toString());
  }
}
