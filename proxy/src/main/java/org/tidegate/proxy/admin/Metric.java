package org.tidegate.proxy.admin;

import java.util.List;
import java.util.Locale;

/** Every metric that a gateway has. docs/operating.md has the same table. */
enum Metric {
  BUILD_INFO("build_info", Type.GAUGE, "Always 1.", "version", "java"),
  READY("ready", Type.GAUGE, "Whether /ready says so."),
  START_TIME_SECONDS("start_time_seconds", Type.GAUGE, "When the gateway was started."),
  REQUESTS_TOTAL(
      "requests_total", Type.COUNTER, "Judged: URLs, CONNECTs, server names.", "listener", "sight"),
  VERDICTS_TOTAL("verdicts_total", Type.COUNTER, "What was said of them.", "verdict"),
  BLOCKS_TOTAL("blocks_total", Type.COUNTER, "What a list covered.", "list", "mode"),
  DISTINCT_BLOCKS_TOTAL(
      "distinct_blocks_total",
      Type.COUNTER,
      "The same, one client and entry counted once an hour.",
      "list",
      "mode"),
  PLAIN_BLOCKS_TOTAL("plain_blocks_total", Type.COUNTER, "Answered without a splash page."),
  CANARIES_TOTAL("canaries_total", Type.COUNTER, "Judgements of canaries, not counted above."),
  REFUSALS_TOTAL("refusals_total", Type.COUNTER, "Refused by the request gate.", "reason"),
  UNSERVED_TOTAL("unserved_total", Type.COUNTER, "Passed, without a whole answer.", "reason"),
  SERVER_NAMES_TOTAL("server_names_total", Type.COUNTER, "TLS server names.", "agreement"),
  ENCRYPTED_HELLOS_TOTAL(
      "encrypted_hellos_total", Type.COUNTER, "TLS handshakes that hide their server name (ECH)."),
  JUDGEMENT_SECONDS("judgement_seconds", Type.HISTOGRAM, "How long judging took."),
  UPSTREAM_RESPONSE_SECONDS(
      "upstream_response_seconds", Type.HISTOGRAM, "From a request sent to its answer's head."),
  CLIENT_CONNECTIONS("client_connections", Type.GAUGE, "Clients connected.", "listener"),
  CLIENT_CONNECTIONS_TOTAL(
      "client_connections_total", Type.COUNTER, "Clients that connected.", "listener"),
  CLIENTS_TURNED_AWAY_TOTAL(
      "clients_turned_away_total", Type.COUNTER, "Closed by limits.connections.", "listener"),
  UPSTREAM_CONNECTIONS("upstream_connections", Type.GAUGE, "Connections onward."),
  UPSTREAM_CONNECTIONS_TOTAL(
      "upstream_connections_total", Type.COUNTER, "Connections onward that were opened."),
  BLOCK_EVENTS_DROPPED_TOTAL(
      "block_events_dropped_total", Type.COUNTER, "Blocks too many at once to be logged."),
  ALARMS_TOTAL("alarms_total", Type.COUNTER, "What became of alarms.", "receiver", "outcome"),
  LIST_INSTALLED(
      "list_installed", Type.GAUGE, "Whether the list is there.", "list", "kind", "mode"),
  LIST_SERIAL("list_serial", Type.GAUGE, "The serial that is judged by.", "list"),
  LIST_ENTRIES("list_entries", Type.GAUGE, "Its entries.", "list", "scope"),
  LIST_ENFORCEABLE_ENTRIES(
      "list_enforceable_entries",
      Type.GAUGE,
      "Those that can be enforced in such traffic.",
      "list",
      "traffic"),
  LIST_CREATED_TIMESTAMP_SECONDS(
      "list_created_timestamp_seconds", Type.GAUGE, "When it was compiled.", "list"),
  LIST_AGE_SECONDS("list_age_seconds", Type.GAUGE, "How long ago it was compiled.", "list"),
  LIST_LAST_SUCCESS_TIMESTAMP_SECONDS(
      "list_last_success_timestamp_seconds",
      Type.GAUGE,
      "When it was last found or made current.",
      "list"),
  LIST_FRESHNESS("list_freshness", Type.GAUGE, "1 for how it stands.", "list", "freshness"),
  LIST_CANARY_BLOCKED(
      "list_canary_blocked", Type.GAUGE, "Whether its canary was blocked when last asked.", "list"),
  MEMORY_USED_BYTES("memory_used_bytes", Type.GAUGE, "Memory of the JVM in use.", "area"),
  CPU_SECONDS_TOTAL("cpu_seconds_total", Type.COUNTER, "CPU time of the process.");

  /** The types of the Prometheus text format. */
  enum Type {
    COUNTER,
    GAUGE,
    HISTOGRAM;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final String text;
  private final Type type;
  private final String description;
  private final List<String> labels;

  Metric(String text, Type type, String description, String... labels) {
    this.text = "tidegate_" + text;
    this.type = type;
    this.description = description;
    this.labels = List.of(labels);
  }

  String text() {
    return text;
  }

  Type type() {
    return type;
  }

  String description() {
    return description;
  }

  List<String> labels() {
    return labels;
  }
}
