package org.tidegate.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A client, a gateway and an origin, each a machine of its own to the kernel (network namespaces),
 * in a row: what the client sends to the origin goes by way of the gateway. Linux, needs root.
 */
final class Namespaces implements AutoCloseable {
  static final String CLIENT_IPV4 = "192.0.2.2";
  static final String CLIENT_IPV6 = "2001:db8:1::2";
  static final String GATEWAY_IPV4 = "192.0.2.1";
  static final String ORIGIN_IPV4 = "203.0.113.2";
  static final String ORIGIN_IPV6 = "2001:db8:2::2";

  /** What the origin sees of a gateway that speaks for itself. */
  static final String OUTSIDE_IPV4 = "203.0.113.1";

  static final String OUTSIDE_IPV6 = "2001:db8:2::1";

  private final Path directory;
  private final String name = "tidegate-" + ProcessHandle.current().pid();
  final String client = name + "-client";
  final String gateway = name + "-gateway";
  final String origin = name + "-origin";
  private final List<Process> running = new ArrayList<>();

  Namespaces(Path directory) throws IOException {
    this.directory = directory;
    try {
      build();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private void build() throws IOException {
    for (String each : List.of(client, gateway, origin)) {
      host("ip netns add " + each);
      host("ip -n " + each + " link set lo up");
    }
    wire(client, "c0", gateway, "g0");
    wire(origin, "o0", gateway, "g1");
    address(client, "c0", CLIENT_IPV4 + "/24", CLIENT_IPV6 + "/64");
    address(gateway, "g0", GATEWAY_IPV4 + "/24", "2001:db8:1::1/64");
    address(gateway, "g1", OUTSIDE_IPV4 + "/24", OUTSIDE_IPV6 + "/64");
    address(origin, "o0", ORIGIN_IPV4 + "/24", ORIGIN_IPV6 + "/64");
    address(origin, "o0", "203.0.113.7/24");
    route(client, GATEWAY_IPV4, "2001:db8:1::1");
    route(origin, OUTSIDE_IPV4, OUTSIDE_IPV6);
    run(gateway, "sysctl", "-qw", "net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1");
    run(gateway, "sysctl", "-qw", "net.ipv4.conf.all.rp_filter=0", "net.ipv4.conf.g1.rp_filter=0");
  }

  private static void wire(String one, String oneEnd, String other, String otherEnd)
      throws IOException {
    host(
        "ip link add %s netns %s type veth peer name %s netns %s"
            .formatted(oneEnd, one, otherEnd, other));
    host("ip -n " + one + " link set " + oneEnd + " up");
    host("ip -n " + other + " link set " + otherEnd + " up");
  }

  static void address(String namespace, String end, String... addresses) throws IOException {
    for (String address : addresses) {
      String noWait = address.contains(":") ? " nodad" : "";
      host("ip -n " + namespace + " address add dev " + end + " " + address + noWait);
    }
  }

  private static void route(String namespace, String ipv4, String ipv6) throws IOException {
    host("ip -n " + namespace + " route add default via " + ipv4);
    host("ip -n " + namespace + " -6 route add default via " + ipv6);
  }

  private static void host(String command) throws IOException {
    Process process = new ProcessBuilder(command.split(" ")).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (await(process) != 0) {
      throw new IOException(command + ": " + printed);
    }
  }

  /** Runs a program to its end in a namespace. Returns what it printed, its exit code last. */
  String run(String namespace, String... command) throws IOException {
    Process process = builder(namespace, command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    return printed + "exit " + await(process);
  }

  /** Starts a program in a namespace; it ends with this. Its output goes to that file. */
  Process start(String namespace, Path log, String... command) throws IOException {
    Process process =
        builder(namespace, command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    running.add(process);
    return process;
  }

  private ProcessBuilder builder(String namespace, String... command) {
    List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    all.addAll(List.of(command));
    return new ProcessBuilder(all).directory(directory.toFile());
  }

  private static int await(Process process) {
    try {
      if (!process.waitFor(100, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("a program did not end");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends a program that was started here, and waits until it has ended. */
  static void end(Process process) {
    process.destroy();
    await(process);
  }

  /** The command that runs a class of the tests on this Java. */
  static String[] java(Class<?> main, String... args) {
    String classes = main.getProtectionDomain().getCodeSource().getLocation().getPath();
    List<String> all = new ArrayList<>();
    all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    all.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", classes, main.getName()));
    all.addAll(List.of(args));
    return all.toArray(String[]::new);
  }

  @Override
  public void close() throws IOException {
    running.forEach(Process::destroyForcibly);
    for (String each : List.of(client, gateway, origin)) {
      if (Files.exists(Path.of("/run/netns", each))) {
        host("ip netns delete " + each);
      }
    }
  }
}
