package org.tidegate.app;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.tidegate.app.DemoProof.Outcome;
import org.tidegate.filter.index.ListFormatException;
import org.tidegate.proxy.upstream.ParentProxy;
import org.tidegate.publish.Draft;
import org.tidegate.publish.PublishException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidegate demo}: a gateway, a list and an origin on loopback, which prove themselves. */
@Command(
    name = "demo",
    description = {
      "Runs a gateway with a list on loopback, proves that it filters, and stays up.",
      "Every name leads to an origin of the demo's own: nothing leaves this machine.",
    })
final class DemoCommand implements Callable<Integer> {
  private static final int FAILED_ROW = 1;
  private static final int ADMIN_PORT = 9090;

  @Spec private @Nullable CommandSpec spec;

  @ArgGroup(exclusive = false, heading = "A list of your own, whose entries are never printed:%n")
  private @Nullable ListOptions ownList;

  @Option(names = "--once", description = "End after the proof: exit code 0, or 1 if a row failed.")
  private boolean once;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "Where the gateway listens on loopback; 0 takes a free one (default: 8080).")
  private int port;

  @Option(
      names = "--admin-port",
      paramLabel = "PORT",
      description = "Where operators look, on loopback; 0 takes a free one (default: 9090).")
  private @Nullable Integer adminPort;

  @Option(
      names = "--parent",
      paramLabel = "HOST:PORT",
      converter = ParentProxyConverter.class,
      description = "Send what is not listed to this proxy: then no own origin and no proof.")
  private @Nullable ParentProxy parent;

  @Override
  public Integer call() throws Exception {
    requirePort(port);
    requirePort(adminPort == null ? ADMIN_PORT : adminPort);
    if (parent != null && once) {
      throw bad("--once with --parent (expected: one of them; with a parent there is no proof)");
    }
    DemoList.Entries entries =
        ownList == null
            ? DemoList.Entries.shipped()
            : new DemoList.Entries(ownList.keptSource(System.err), false);
    LogLines.withoutBlocks();
    try (Demo demo = start(entries)) {
      if (ownList != null) {
        tell(demo.draft());
      }
      openAdmin(demo);
      return run(demo);
    } catch (PublishException e) {
      throw new CommandFailedException("the list: " + e.getMessage());
    }
  }

  private void requirePort(int number) {
    if (number < 0 || number > 65_535) {
      throw bad("port " + number + " (expected: 0 to 65535)");
    }
  }

  /** A port that nobody asked for may be taken: the demo does without. */
  private void openAdmin(Demo demo) throws CommandFailedException {
    int wanted = adminPort == null ? ADMIN_PORT : adminPort;
    try {
      demo.openAdmin(wanted);
    } catch (PortException e) {
      if (adminPort != null) {
        throw new CommandFailedException(
            "port " + wanted + " is taken (--admin-port chooses another)");
      }
    }
  }

  private void tell(Draft draft) {
    int entries = draft.entries() - 1;
    System.err.println(
        ListSummary.of(entries, draft.compilation(), draft.skipped(), draft.refusals()));
    if (entries == 0) {
      throw bad("--list: no entry is left");
    }
  }

  private Demo start(DemoList.Entries entries)
      throws IOException, PublishException, ListFormatException, CommandFailedException {
    try {
      return parent == null ? Demo.start(port, entries) : Demo.start(port, entries, parent);
    } catch (PortException e) {
      throw new CommandFailedException(
          e.isTaken()
              ? "port " + port + " is taken (--port chooses another)"
              : "port " + port + " cannot be opened (--port chooses another)");
    }
  }

  private int run(Demo demo) throws IOException, PublishException, InterruptedException {
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    DemoReport report = new DemoReport(out, demo);
    report.printAddresses();
    List<Outcome> outcomes = new ArrayList<>(demo.prove(DemoRows.of(demo.list())));
    Optional<Demo.Refreshed> refreshed = demo.proveRefresh();
    refreshed.ifPresent(after -> outcomes.addAll(after.outcomes()));
    report.printProof(outcomes);
    refreshed.ifPresent(report::printRefresh);
    if (once) {
      return outcomes.stream().allMatch(Outcome::asExpected) ? 0 : FAILED_ROW;
    }
    report.printInvitation();
    stayUp(demo);
    return 0;
  }

  /** Until the process is told to stop: then the requests under way are let end. */
  private static void stayUp(Demo demo) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(demo::close, "demo-stop"));
    new CountDownLatch(1).await();
  }

  private ParameterException bad(String problem) {
    return new ParameterException(requireNonNull(spec).commandLine(), problem);
  }
}
