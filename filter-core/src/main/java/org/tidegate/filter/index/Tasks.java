package org.tidegate.filter.index;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.IntConsumer;

/** Waiting for work that an executor does. */
final class Tasks {
  private Tasks() {}

  /** Runs the tasks from 0 on and waits for all of them. */
  static void runAll(Executor executor, int tasks, IntConsumer task) {
    CompletableFuture<?>[] all = new CompletableFuture<?>[tasks];
    for (int i = 0; i < tasks; i++) {
      int number = i;
      all[i] = CompletableFuture.runAsync(() -> task.accept(number), executor);
    }
    await(CompletableFuture.allOf(all));
  }

  /** An error, as of too little memory, comes out as if the work had been done here. */
  static void await(CompletableFuture<Void> work) {
    try {
      work.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }
}
