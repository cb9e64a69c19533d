package org.tidegate.app;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidegate.sync.Freshness;
import org.tidegate.sync.ListStatus;
import org.tidegate.sync.UpdateListener;
import org.tidegate.sync.UpdateOutcome;

/**
 * One line in the log for every change of how a list stands, and none for what goes on as it was.
 */
final class UpdateLog implements UpdateListener {
  private static final Logger LOG = LoggerFactory.getLogger("org.tidegate.lists");

  private final Map<String, String> last = new ConcurrentHashMap<>();

  @Override
  public void updated(UpdateOutcome outcome, ListStatus status) {
    tell(status);
  }

  @Override
  public void aged(ListStatus status) {
    tell(status);
  }

  private void tell(ListStatus status) {
    String line = line(status);
    if (line.equals(last.put(status.name(), line))) {
      return;
    }
    if (status.freshness() == Freshness.FRESH && status.reason().isEmpty()) {
      LOG.info("{}", line);
    } else {
      LOG.warn("{}", line);
    }
  }

  private static String line(ListStatus status) {
    String enforced =
        status
            .edition()
            .map(e -> "serial " + e.serial() + ", " + e.entries() + " entries")
            .orElse("no edition");
    String alone = status.cause().isEmpty() ? "" : "; " + status.cause();
    String why =
        status.reason().isEmpty() ? alone : "; " + status.outcome() + ": " + status.reason();
    return "list " + status.name() + ": " + status.freshness().word() + ", " + enforced + why;
  }
}
