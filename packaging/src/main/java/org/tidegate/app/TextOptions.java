package org.tidegate.app;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.list.ListFormat;
import org.tidegate.filter.url.CanonicalHost;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How the text of a list is to be read. */
final class TextOptions {

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = "--format",
      required = true,
      paramLabel = "F",
      description = "native, urls, domains, hosts, squidguard, adblock or rpz.")
  private String format = "";

  @Option(
      names = "--confirm",
      paramLabel = "NAME",
      description = "A public suffix that is meant to be listed as a domain; repeatable.")
  private List<String> confirmed = new ArrayList<>();

  @Option(names = "--refused", description = "Name the refused lines by number and reason.")
  private boolean refused;

  ListFormat format() {
    return ListFormat.find(format)
        .orElseThrow(() -> wrong("--format: expected one of " + ListFormat.ids()));
  }

  List<CanonicalHost> confirmed() {
    return confirmed.stream()
        .map(name -> CanonicalHost.parse(name).orElseThrow(() -> wrong("--confirm: no host")))
        .toList();
  }

  boolean namesRefused() {
    return refused;
  }

  private ParameterException wrong(String problem) {
    return new ParameterException(requireNonNull(spec).commandLine(), problem);
  }
}
