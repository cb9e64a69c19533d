package org.tidegate.app.config;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.ClientGroup;
import org.tidegate.filter.FailurePolicy;
import org.tidegate.filter.Policy;
import org.tidegate.proxy.exchange.Limits;
import org.tidegate.proxy.http.ForwardedRules;
import org.tidegate.proxy.listen.Listener;
import org.tidegate.proxy.listen.ProxyVersion;
import org.tidegate.proxy.splash.ProxyAutoConfig;
import org.tidegate.proxy.upstream.ParentProxy;

/**
 * All that a gateway is told by its operator. What each part means stands in {@code
 * conf/tidegate.yaml}.
 *
 * @param listeners where clients come in, explicit ones first
 * @param failurePolicy what becomes of requests where no list could block
 * @param autoConfig what browsers that ask are told of the proxy
 * @param connectPorts where a CONNECT may go to; none given for anywhere
 * @param splice whether the kernel may move large bodies and tunnels on by itself
 */
public record Configuration(
    String file,
    Profile profile,
    List<Listener> listeners,
    FailurePolicy failurePolicy,
    List<ListSettings> lists,
    List<ClientGroup> groups,
    Splash splash,
    Upstream upstream,
    Optional<ProxyAutoConfig> autoConfig,
    Optional<Set<Integer>> connectPorts,
    Tunnels tunnels,
    InspectionSettings inspection,
    ForwardedRules forwarded,
    Limits limits,
    Connections connections,
    int distinctHits,
    boolean splice,
    Duration drain,
    OperatorSettings operator,
    AlarmSettings alarm) {

  /**
   * The page for blocked requests.
   *
   * @param directory of an operator's own templates
   * @param place where that stands in the file
   */
  public record Splash(@Nullable Path directory, String place) {
    public Optional<Path> templates() {
      return Optional.ofNullable(directory);
    }
  }

  /**
   * How many connections there may be at once.
   *
   * @param clients of clients
   * @param perClient of one client's address
   * @param perHost onward to one host and port
   */
  public record Connections(int clients, int perClient, int perHost) {}

  /**
   * What becomes of streams that say too little of themselves.
   *
   * @param relayUnknown whether what is neither TLS nor HTTP is relayed
   * @param refuseNameless whether TLS is refused that names no server
   * @param refuseDisagreement whether TLS is refused that names another server than its CONNECT
   */
  public record Tunnels(boolean relayUnknown, boolean refuseNameless, boolean refuseDisagreement) {}

  /**
   * Where requests go.
   *
   * @param proxy the parent, if there is one, without credentials
   * @param credentials what it is told of who asks
   * @param trustFile whose authorities origins are held to, if not to Java's
   * @param trustPlace where that stands in the file
   */
  public record Upstream(
      @Nullable ParentProxy proxy,
      ParentCredentials credentials,
      List<InetSocketAddress> dns,
      List<InetSocketAddress> allowAddresses,
      boolean privateNetworks,
      @Nullable ProxyVersion proxyVersion,
      @Nullable Path trustFile,
      String trustPlace) {
    public Optional<Path> trust() {
      return Optional.ofNullable(trustFile);
    }

    public Optional<ParentProxy> parent() {
      return Optional.ofNullable(proxy);
    }

    /** The PROXY headers that connections onward begin with. */
    public Optional<ProxyVersion> proxyProtocol() {
      return Optional.ofNullable(proxyVersion);
    }
  }

  /** The list of that name. */
  public ListSettings list(String name) {
    return lists.stream()
        .filter(list -> list.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("list name (expected: one of lists)"));
  }

  /** The lists' policy. */
  public Policy policy() {
    return new Policy(lists.stream().map(ListSettings::policy).toList(), groups, failurePolicy);
  }
}
