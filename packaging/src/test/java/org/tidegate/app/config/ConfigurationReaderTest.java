package org.tidegate.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidegate.filter.FailurePolicy;
import org.tidegate.filter.ListPolicy;
import org.tidegate.filter.list.ListFormat;
import org.tidegate.proxy.listen.Listener;
import org.tidegate.proxy.upstream.ParentProxy;

class ConfigurationReaderTest {
  private static final Path HOME = Path.of("/etc/tidegate");

  @ParameterizedTest
  @CsvFileSource(
      resources = "/vectors/configuration-problems.tsv",
      delimiter = '\t',
      quoteCharacter = '\0',
      maxCharsPerColumn = 4096)
  void namesEveryProblemWithItsPlace(String text, String expected) {
    assertThat(problems(text.replace("\\n", "\n"), Map.of()))
        .containsExactly(expected.split("\\|"));
  }

  @Test
  void namesAllProblemsAtOnce() {
    assertThat(problems("profile: x\ndrain: y\nlimits: {head: z}\nnone: 1", Map.of())).hasSize(4);
  }

  @Test
  void anEmptyFileIsTheDefaults() throws ConfigurationException {
    Configuration empty = read("", Map.of());
    assertThat(empty.listeners())
        .containsExactly(Listener.explicit(new InetSocketAddress("127.0.0.1", 8080)));
    assertThat(empty.failurePolicy()).isEqualTo(FailurePolicy.REFUSE);
    assertThat(empty.lists()).isEmpty();
    assertThat(empty.connectPorts()).contains(Set.of(443));
    assertThat(empty.upstream().privateNetworks()).isFalse();
  }

  @Test
  void readsEveryKindOfValue() throws ConfigurationException {
    Configuration read =
        read(
            """
            profile: school
            listeners: {explicit: ["[::1]:3128", localhost:0]}
            failure-policy: pass
            upstream:
              parent: "[2001:db8::9]:3128"
              dns: [192.0.2.53, "[2001:db8::53]:5353", 2001:db8::54]
            connect-ports: any
            limits: {head: 1500ms, fields: 40000B}
            drain: 0s
            """,
            Map.of());
    assertThat(read.listeners().stream().map(Listener::address))
        .containsExactly(new InetSocketAddress("::1", 3128), new InetSocketAddress("127.0.0.1", 0));
    assertThat(read.upstream().parent()).contains(new ParentProxy("2001:db8::9", 3128));
    assertThat(read.upstream().dns())
        .containsExactly(
            new InetSocketAddress("192.0.2.53", 53),
            new InetSocketAddress("2001:db8::53", 5353),
            new InetSocketAddress("2001:db8::54", 53));
    assertThat(read.upstream().privateNetworks()).isTrue();
    assertThat(read.connectPorts()).isEmpty();
    assertThat(read.limits().head()).isEqualTo(Duration.ofMillis(1500));
    assertThat(read.limits().fieldBytes()).isEqualTo(40_000);
  }

  @Test
  void readsListsAndGroups() throws ConfigurationException {
    Configuration read =
        read(
            """
            failure-policy: pass
            lists:
              - name: iwf
                kind: mandatory
                mode: observe
                failure-policy: refuse
                source: {file: iwf.tgl, format: compiled, list-key: /keys/list.key}
                splash: {texts: {"*": {list: A title}, de: {heading: Halt}}}
              - name: own
                kind: block
                source: {file: own.txt, format: native, confirm: [co.uk]}
            groups:
              - {name: staff, networks: [192.0.2.0/24, "2001:db8::/32"], lists: [own]}
            """,
            Map.of());
    assertThat(read.policy().lists())
        .containsExactly(
            ListPolicy.mandatory("iwf").observed(),
            ListPolicy.block("own").failing(FailurePolicy.PASS));
    assertThat(read.lists().get(0).source())
        .isEqualTo(new ListSource.CompiledFile(HOME.resolve("iwf.tgl"), Path.of("/keys/list.key")));
    assertThat(read.lists().get(1).source())
        .isInstanceOfSatisfying(
            ListSource.TextFile.class,
            text -> {
              assertThat(text.format()).isEqualTo(ListFormat.NATIVE);
              assertThat(text.listKey()).isEmpty();
              assertThat(text.confirmed()).hasSize(1);
            });
    assertThat(read.lists().get(0).splash().orElseThrow().texts())
        .isEqualTo(Map.of("*", Map.of("list", "A title"), "de", Map.of("heading", "Halt")));
    assertThat(read.policy().groupName(new byte[] {(byte) 192, 0, 2, 9})).isEqualTo("staff");
  }

  @Test
  void variablesOverrideTheFile() throws ConfigurationException {
    Configuration read =
        read(
            "lists: [{name: my-list, kind: block, source: {file: a, format: native}}]\n"
                + "connect-ports: any\n",
            Map.of(
                "TIDEGATE_LIMITS_TUNNEL_IDLE", "1h",
                "TIDEGATE_LISTENERS_EXPLICIT", "127.0.0.1:1, [::1]:2",
                "TIDEGATE_CONNECT_PORTS", "443,8443",
                "TIDEGATE_LISTS_MY_LIST_MODE", "observe",
                "TIDEGATE_JAVA_OPTS", "-Xmx1g",
                "HOME", "/root"));
    assertThat(read.limits().tunnelIdle()).isEqualTo(Duration.ofHours(1));
    assertThat(read.listeners()).hasSize(2);
    assertThat(read.connectPorts()).contains(Set.of(443, 8443));
    assertThat(read.lists().get(0).policy().mode()).isEqualTo(ListPolicy.Mode.OBSERVE);
  }

  @Test
  void problemsOfVariablesNameTheVariable() {
    assertThat(problems("", Map.of("TIDEGATE_DRAIN", "soon", "TIDEGATE_LIMITS_HED", "15s")))
        .containsExactly(
            "TIDEGATE_DRAIN: drain: 'soon' (expected: a time such as 500ms, 15s, 2m or 1h, from 0s"
                + " to 24h)",
            "TIDEGATE_LIMITS_HED: overrides no key (expected: TIDEGATE_ and a key's path in upper"
                + " case, _ for . and -)");
  }

  @ParameterizedTest
  @CsvSource({
    "TIDEGATE_SERVICE_HOST",
    "TIDEGATE_PORT",
    "TIDEGATE_SERVICE_PORT_PROXY",
    "TIDEGATE_PORT_8080_TCP_ADDR",
    "TIDEGATE_ADMIN_SERVICE_HOST",
  })
  void whatKubernetesTellsOfAServiceOverridesNothing(String variable)
      throws ConfigurationException {
    assertThat(read("", Map.of(variable, "192.0.2.1"))).isEqualTo(read("", Map.of()));
  }

  @Test
  void aProblemStaysOnOneLineAndShort() {
    String text = "profile: \"a\\nb" + "c".repeat(1000) + "\"";
    assertThat(problems(text, Map.of()).get(0))
        .hasSizeLessThan(300)
        .contains("'a?bcc")
        .doesNotContain("\n");
  }

  @Test
  void aMissingFileIsNoProblemOfTheConfiguration() {
    assertThatThrownBy(() -> ConfigurationReader.read(Path.of("no/such.yaml"), Map.of()))
        .isInstanceOf(java.nio.file.NoSuchFileException.class);
  }

  private static Configuration read(String text, Map<String, String> environment)
      throws ConfigurationException {
    return ConfigurationReader.read("c.yaml", text, HOME, environment);
  }

  private static List<String> problems(String text, Map<String, String> environment) {
    try {
      read(text, environment);
      return List.of();
    } catch (ConfigurationException e) {
      return e.problems().stream().map(Problem::toString).toList();
    }
  }
}
