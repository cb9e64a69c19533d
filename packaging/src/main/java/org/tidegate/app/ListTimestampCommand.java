package org.tidegate.app;

import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tidegate list timestamp}: says anew that what is published is the newest. */
@Command(
    name = "timestamp",
    description = {
      "Signs targets, snapshot and timestamp of what is published anew.",
      "For a timer, where editions may be further apart than a timestamp's lifetime.",
    })
final class ListTimestampCommand implements Callable<Integer> {

  @Mixin private PublisherOptions options = new PublisherOptions();

  @Override
  public Integer call() throws CommandFailedException {
    options.run(publisher -> publisher.refresh(Instant.now()));
    return 0;
  }
}
