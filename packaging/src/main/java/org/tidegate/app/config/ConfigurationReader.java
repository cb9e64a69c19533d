package org.tidegate.app.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tidegate.app.config.Configuration.Connections;
import org.tidegate.app.config.Configuration.Splash;
import org.tidegate.app.config.Configuration.Tunnels;
import org.tidegate.app.config.Configuration.Upstream;
import org.tidegate.filter.ClientGroup;
import org.tidegate.filter.FailurePolicy;
import org.tidegate.proxy.exchange.HitLimit;
import org.tidegate.proxy.exchange.Limits;
import org.tidegate.proxy.http.ForwardedRules;
import org.tidegate.proxy.listen.Listener;
import org.tidegate.proxy.splash.ProxyAutoConfig;
import org.tidegate.proxy.upstream.ParentProxy;

/**
 * Reads a configuration: every key has its line here, in {@link PolicyReader} or in {@link
 * SourceReader}.
 */
public final class ConfigurationReader {
  static final Format<FailurePolicy> FAILURE_POLICY =
      Format.word("refuse", FailurePolicy.REFUSE, "pass", FailurePolicy.PASS);

  private static final Format<Profile> PROFILE =
      Format.word("carrier", Profile.CARRIER, "school", Profile.SCHOOL);
  private static final Format<Boolean> PRIVATE_NETWORKS =
      Format.word("refuse", false, "allow", true);
  private static final Format<Boolean> CLIENT_CREDENTIALS =
      Format.word("drop", false, "pass", true);
  private static final Format<Boolean> UNKNOWN_TUNNELS = Format.word("close", false, "relay", true);
  private static final Format<Boolean> SPLICE = Format.word("on", true, "off", false);
  private static final Format<Boolean> REFUSED = Format.word("pass", false, "refuse", true);
  private static final Format<Integer> PORT = Formats.number(1, 65_535);
  private static final Format<Integer> CONNECTIONS = Formats.number(1, 1_000_000);
  private static final Format<Integer> HITS = Formats.number(0, 10_000);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration DAY = Duration.ofHours(24);
  private static final int KIB = 1024;
  private static final Path STORE = Path.of("/var/lib/tidegate");

  private final String file;
  private final Path directory;
  private final Problems problems = new Problems();
  private final Sections sections;

  private ConfigurationReader(String file, Path directory, Map<String, String> environment) {
    this.file = file;
    this.directory = directory;
    this.sections = new Sections(problems, new Environment(environment));
  }

  /**
   * Reads a file.
   *
   * @param environment whose {@code TIDEGATE_} variables override what the file says
   * @throws ConfigurationException with every problem
   * @throws IOException where the file cannot be read
   */
  public static Configuration read(Path file, Map<String, String> environment)
      throws IOException, ConfigurationException {
    Path directory = file.toAbsolutePath().normalize().getParent();
    String name = file.toString();
    try {
      return read(
          name, Files.readString(file, UTF_8), directory == null ? file : directory, environment);
    } catch (CharacterCodingException e) {
      throw new ConfigurationException(
          List.of(new Problem(name + ":1:1", "", "other bytes (expected: UTF-8)")));
    }
  }

  /**
   * Reads a text.
   *
   * @param file its name in messages
   * @param directory where relative paths begin
   */
  static Configuration read(
      String file, String text, Path directory, Map<String, String> environment)
      throws ConfigurationException {
    return new ConfigurationReader(file, directory, environment).read(text);
  }

  /** Every key that the file may have, the items of a list as {@code []}. */
  static Set<String> knownKeys(String text) throws ConfigurationException {
    var reader = new ConfigurationReader("known", Path.of(""), Map.of());
    reader.read(text);
    return reader.sections.knownKeys;
  }

  private Configuration read(String text) throws ConfigurationException {
    Section root = new Section(sections, new YamlText(file, problems).read(text), "", "", "");
    Profile profile = root.value("profile", Profile.CARRIER, PROFILE);
    FailurePolicy failurePolicy =
        root.value("failure-policy", FailurePolicy.REFUSE, FAILURE_POLICY);
    List<Listener> listeners = ListenerReader.listeners(root.section("listeners"));
    Path store = root.value("store", STORE, Formats.path(directory));
    PolicyReader policy = new PolicyReader(new SourceReader(directory, store), failurePolicy);
    List<ListSettings> lists = policy.lists(root.sections("lists"));
    List<ClientGroup> groups = policy.groups(root.sections("groups"));
    Splash splash = splash(root.section("splash"));
    Upstream upstream = upstream(root.section("upstream"), profile);
    Optional<ProxyAutoConfig> autoConfig = autoConfig(root.section("pac"));
    Optional<Set<Integer>> connectPorts = connectPorts(root);
    Tunnels tunnels =
        new Tunnels(
            root.value("unknown-tunnels", false, UNKNOWN_TUNNELS),
            root.value("nameless-tls", false, REFUSED),
            root.value("name-disagreement", false, REFUSED));
    InspectionSettings inspection =
        InspectionReader.read(
            root.section("inspection"), directory, listeners.stream().anyMatch(Listener::inspects));
    ForwardedRules forwarded = ForwardedReader.rules(root.section("forwarded"));
    Section bounds = root.section("limits");
    Limits limits = limits(bounds);
    Connections connections =
        new Connections(
            bounds.value("connections", 50_000, CONNECTIONS),
            bounds.value("connections-per-client", 5_000, CONNECTIONS),
            bounds.value("connections-per-host", 10_000, CONNECTIONS));
    int distinctHits = bounds.value("distinct-hits", HitLimit.DEFAULT, HITS);
    bounds.end();
    boolean splice = root.value("splice", true, SPLICE);
    Duration drain = root.value("drain", Duration.ofSeconds(30), Formats.time(Duration.ZERO, DAY));
    OperatorSettings operator =
        OperatorSettings.read(root.section("admin"), root.section("log"), profile);
    AlarmSettings alarm = AlarmSettings.read(root.section("alarm"), directory);
    root.end();
    sections.environment.reportUnused(problems);
    problems.throwIfAny();
    return new Configuration(
        file,
        profile,
        listeners,
        failurePolicy,
        lists,
        groups,
        splash,
        upstream,
        autoConfig,
        connectPorts,
        tunnels,
        inspection,
        forwarded,
        limits,
        connections,
        distinctHits,
        splice,
        drain,
        operator,
        alarm);
  }

  private Splash splash(Section splash) {
    Path templates = splash.find("templates", Formats.path(directory));
    splash.end();
    return new Splash(templates, splash.place("templates"));
  }

  private Upstream upstream(Section upstream, Profile profile) {
    ParentProxy parent = upstream.find("parent", Formats.PARENT_PROXY);
    Upstream read =
        new Upstream(
            parent,
            parentCredentials(upstream, parent != null),
            upstream.values("dns", List.of(), Formats.DNS_SERVER),
            upstream.values("allow-addresses", List.of(), Formats.DESTINATION),
            upstream.value("private-networks", profile == Profile.SCHOOL, PRIVATE_NETWORKS),
            upstream.find("proxy-protocol", ForwardedReader.VERSION),
            upstream.find("trust", Formats.path(directory)),
            upstream.place("trust"));
    upstream.end();
    return read;
  }

  private ParentCredentials parentCredentials(Section upstream, boolean parent) {
    Path file = upstream.find("parent-credentials", Formats.path(directory));
    boolean ofClient = upstream.value("client-credentials", false, CLIENT_CREDENTIALS);
    if (file != null && !parent) {
      upstream.problem("parent-credentials", "no parent (expected: upstream.parent, too)");
    }
    if (file != null && ofClient) {
      upstream.problem(
          "client-credentials", "pass beside parent-credentials (expected: one of the two)");
    }
    return new ParentCredentials(file, upstream.place("parent-credentials"), ofClient);
  }

  private static Optional<ProxyAutoConfig> autoConfig(Section pac) {
    String proxy = pac.find("proxy", Formats.PROXY_NAME);
    List<String> direct = pac.values("direct", List.of(), Formats.DOMAIN);
    if (proxy == null && !direct.isEmpty()) {
      pac.problem("direct", "no proxy (expected: pac.proxy, too)");
    }
    pac.end();
    return Optional.ofNullable(proxy).map(p -> new ProxyAutoConfig(p, direct));
  }

  private static Optional<Set<Integer>> connectPorts(Section root) {
    if (root.isWord("connect-ports", "any")) {
      return Optional.empty();
    }
    return Optional.of(new LinkedHashSet<>(root.values("connect-ports", List.of(443), PORT)));
  }

  private static Limits limits(Section bounds) {
    Limits normal = Limits.DEFAULT;
    return new Limits(
        bounds.value("request-line", normal.requestLineBytes(), Formats.size(16 * KIB, 1024 * KIB)),
        bounds.value("fields", normal.fieldBytes(), Formats.size(32 * KIB, 1024 * KIB)),
        time(bounds, "head", normal.head()),
        time(bounds, "idle", normal.idle()),
        time(bounds, "connect", normal.connect()),
        time(bounds, "response", normal.response()),
        time(bounds, "stall", normal.stall()),
        bounds.value("upload-rate", normal.uploadBytesPerSecond(), Formats.size(0, 1024 * KIB)),
        time(bounds, "exchange", normal.exchange()),
        time(bounds, "tunnel-first-bytes", normal.tunnelFirstBytes()),
        time(bounds, "tunnel-idle", normal.tunnelIdle()),
        time(bounds, "upstream-idle", normal.upstreamIdle()));
  }

  private static Duration time(Section bounds, String key, Duration normal) {
    return bounds.value(key, normal, Formats.time(SECOND, DAY));
  }
}
