package org.tidegate.app;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.list.ListFormat;
import org.tidegate.filter.list.ListSink;
import org.tidegate.filter.list.RefusalReason;
import org.tidegate.filter.url.CanonicalHost;

/** A file with the hosts that very many people share: one a line, and comments. */
final class SharedHosts implements ListSink {
  private final List<CanonicalHost> hosts = new ArrayList<>();
  private int wrong;

  private SharedHosts() {}

  static List<CanonicalHost> read(Path file) throws CommandFailedException {
    SharedHosts found = new SharedHosts();
    try {
      ListFormat.DOMAINS.read(new ByteArrayInputStream(Files.readAllBytes(file)), found);
    } catch (IOException e) {
      throw new CommandFailedException("--shared-hosts: cannot be read");
    }
    if (found.wrong > 0) {
      throw new CommandFailedException(
          "--shared-hosts: line " + found.wrong + ": no host (expected: one a line)");
    }
    return found.hosts;
  }

  @Override
  public void entry(int line, ListEntry entry) {
    hosts.add(entry.host());
  }

  @Override
  public void refused(int line, RefusalReason reason) {
    wrong = wrong == 0 ? line : wrong;
  }

  @Override
  public void skipped(int line) {}
}
