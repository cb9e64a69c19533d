package org.tidegate.app;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tidegate.app.config.ConfigurationException;
import org.tidegate.app.config.ConfigurationReader;
import org.tidegate.app.config.Problem;
import org.tidegate.filter.UrlFilter;
import org.tidegate.proxy.event.GatewayEvents;
import org.tidegate.sync.UpdateOutcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidegate config check}: everything that {@code run} would refuse, all at once. */
@Command(
    name = "check",
    description = {
      "Names every problem of a configuration with its line and column, and reads the lists and",
      "templates that it names. Exit code 0 when there is none, 1 when there are problems, 2 when",
      "the file cannot be read.",
    })
final class ConfigCheckCommand implements Callable<Integer> {
  private static final int PROBLEMS = 1;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The configuration.")
  private @Nullable Path file;

  @Override
  public Integer call() throws CommandFailedException {
    Path checked = requireNonNull(file);
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    try {
      Setup setup =
          Setup.of(
              ConfigurationReader.read(checked, System.getenv()),
              new ListLoader(),
              GatewayEvents.IGNORED);
      UrlFilter filter = new UrlFilter();
      setup.installIn(filter);
      List<Problem> problems = restore(setup, filter);
      problems.forEach(out::println);
      if (!problems.isEmpty()) {
        return PROBLEMS;
      }
      out.println(checked + ": no problem; " + setup.summary(filter));
      return 0;
    } catch (ConfigurationException e) {
      e.problems().forEach(out::println);
      return PROBLEMS;
    } catch (IOException e) {
      throw new CommandFailedException(checked + " cannot be read");
    }
  }

  /** What a start would make of the stored editions of signed lists. */
  private static List<Problem> restore(Setup setup, UrlFilter filter) {
    List<Problem> problems = new ArrayList<>();
    for (SignedList list : setup.lists().signed()) {
      UpdateOutcome outcome = list.updater(filter::install).restore().orElse(null);
      if (outcome instanceof UpdateOutcome.Refused refused) {
        problems.add(
            new Problem(
                setup.configuration().list(list.name()).sourcePlace(),
                "lists." + list.name() + ".source",
                "stored edition refused: "
                    + refused.reason().code()
                    + " (expected: of this trusted-root and list-key, and undamaged)"));
      }
    }
    return problems;
  }
}
