package org.tidegate.app;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tidegate.app.config.Configuration;
import org.tidegate.app.config.ConfigurationException;
import org.tidegate.app.config.ConfigurationReader;
import org.tidegate.app.config.ListSettings;
import org.tidegate.filter.UrlFilter;
import org.tidegate.filter.index.CompiledList;
import org.tidegate.filter.list.Scope;
import org.tidegate.proxy.admin.Coverage;
import org.tidegate.proxy.event.GatewayEvents;
import org.tidegate.proxy.listen.Listener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tidegate coverage}: how much of each list the listeners of a file can enforce. */
@Command(
    name = "coverage",
    description = {
      "Says how much of each list the listeners can enforce: where only a host is seen, in HTTPS",
      "without inspection, domain and host entries alone can be.",
    })
final class CoverageCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The configuration of the gateway.")
  private @Nullable Path file;

  @Override
  public Integer call() throws CommandFailedException {
    Path read = requireNonNull(file);
    PrintWriter err = requireNonNull(spec).commandLine().getErr();
    try {
      Setup setup =
          Setup.of(
              ConfigurationReader.read(read, System.getenv()),
              new ListLoader(),
              GatewayEvents.IGNORED);
      UrlFilter filter = new UrlFilter();
      setup.installIn(filter);
      setup.lists().signed().forEach(list -> list.updater(filter::install).restore());
      return report(setup.configuration(), filter.lists());
    } catch (ConfigurationException e) {
      e.problems().forEach(err::println);
      return Tidegate.FAILED;
    } catch (IOException e) {
      throw new CommandFailedException(read + " cannot be read");
    }
  }

  private int report(Configuration configuration, List<CompiledList> installed) {
    boolean inspected = configuration.listeners().stream().allMatch(Listener::inspects);
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    int missing = 0;
    for (ListSettings settings : configuration.lists()) {
      CompiledList list =
          installed.stream().filter(l -> l.name().equals(settings.name())).findFirst().orElse(null);
      if (list == null) {
        missing++;
        out.println(settings.name() + ": missing: nothing is stored yet");
      } else {
        report(out, list, inspected);
      }
    }
    return missing == 0 ? 0 : 1;
  }

  private static void report(PrintWriter out, CompiledList list, boolean inspected) {
    Coverage coverage = Coverage.of(list, inspected);
    out.printf(
        "%s: serial %d, %d entries: %d domain, %d host, %d prefix, %d page, %d exact%n",
        list.name(),
        list.serial(),
        list.entries(),
        list.entries(Scope.DOMAIN),
        list.entries(Scope.HOST),
        list.entries(Scope.PREFIX),
        list.entries(Scope.PAGE),
        list.entries(Scope.EXACT));
    out.println("  in HTTP   " + part(coverage, coverage.http()));
    out.println("  in HTTPS  " + part(coverage, coverage.https()));
  }

  private static String part(Coverage coverage, int part) {
    return part + " of " + coverage.entries() + " (" + coverage.percent(part) + " %)";
  }
}
