package org.tidegate.proxy;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A gateway in a JVM of its own, so that the JVM's and the system's caps can be tried on it. */
final class CappedGateway implements AutoCloseable {
  private static final int ENTRIES = 10_000;

  private final Process process;
  private final BufferedReader out;
  private final InetSocketAddress address;

  private CappedGateway(Process process) throws IOException {
    this.process = process;
    this.out = process.inputReader();
    int port = Integer.parseInt(out.readLine());
    this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /**
   * Starts one.
   *
   * @param files the size of its file table
   * @param options of its JVM
   */
  static CappedGateway start(InetSocketAddress origin, int files, String... options)
      throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "ulimit -n " + files + "; exec \"$@\"", "sh"));
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of(options));
    if (Runtime.version().feature() >= 24) {
      command.add("--sun-misc-unsafe-memory-access=allow");
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", classPath, CappedGateway.class.getName(), "" + origin.getPort()));
    return new CappedGateway(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  InetSocketAddress address() {
    return address;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Has it take up every file that is left, or give them back. */
  void say(String word) throws IOException {
    process.outputWriter().write(word + "\n");
    process.outputWriter().flush();
    out.readLine();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** The other JVM. */
  public static void main(String[] arguments) throws IOException {
    InetSocketAddress origin =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
    String[] list =
        IntStream.range(0, ENTRIES).mapToObj(i -> "h" + i + ".example/p").toArray(String[]::new);
    Gateway gateway =
        TestGateway.start(origin, ListedFilter.of(list), b -> b.relayUnknownTunnels());
    System.out.println(gateway.address().getPort());
    BufferedReader words = new BufferedReader(new InputStreamReader(System.in));
    List<InputStream> files = new ArrayList<>();
    for (String word; (word = words.readLine()) != null; ) {
      if (word.equals("fill")) {
        fill(files);
      } else {
        for (InputStream file : files) {
          file.close();
        }
        files.clear();
      }
      System.out.println(word);
    }
  }

  @SuppressWarnings("InfiniteLoopStatement")
  private static void fill(List<InputStream> files) {
    try {
      while (true) {
        files.add(new FileInputStream("/dev/null"));
      }
    } catch (IOException e) {
      // the table is full
    }
  }
}
