package org.tidegate.filter.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.tidegate.filter.list.ListEntry;

class TasksTest {

  @Test
  void allHaveRunWhenItReturns() {
    ExecutorService workers = Executors.newFixedThreadPool(2);
    AtomicInteger sum = new AtomicInteger();
    try {
      Tasks.runAll(workers, 5, sum::addAndGet);
    } finally {
      workers.shutdownNow();
    }

    assertThat(sum).hasValue(0 + 1 + 2 + 3 + 4);
  }

  /** Who reads a list faster than it is hashed waits, and keeps little of it in memory. */
  @Test
  void aReaderDoesNotRunAway() throws InterruptedException {
    CountDownLatch gate = new CountDownLatch(1);
    ExecutorService workers = Executors.newFixedThreadPool(1);
    workers.execute(() -> Uninterruptibles.awaitUninterruptibly(gate));
    ListCompiler compiler = new ListCompiler(TestLists.KEY, "a", 1, TestLists.CREATED, workers);
    ListEntry entry = ListEntry.host(TestLists.host("a.example"));
    AtomicInteger added = new AtomicInteger();
    Thread reader =
        new Thread(
            () -> {
              for (int i = 0; i < 20 * EntryBatch.MOST; i++) {
                compiler.add(entry, 1);
                added.incrementAndGet();
              }
            });
    try {
      reader.start();
      Awaitility.await()
          .until(() -> reader.getState() == Thread.State.WAITING || !reader.isAlive());
      assertThat(added.get()).isBetween(7 * EntryBatch.MOST, 10 * EntryBatch.MOST);
      gate.countDown();
      reader.join();
      assertThat(TestLists.compile(compiler).duplicates()).isEqualTo(20 * EntryBatch.MOST - 1);
    } finally {
      gate.countDown();
      workers.shutdown();
    }
  }

  @Test
  void anErrorOfATaskStaysOne() {
    assertThatThrownBy(
            () ->
                Tasks.runAll(
                    Runnable::run,
                    2,
                    task -> {
                      throw new OutOfMemoryError("as if");
                    }))
        .isInstanceOf(OutOfMemoryError.class);
    assertThatThrownBy(
            () ->
                Tasks.runAll(
                    Runnable::run,
                    2,
                    task -> {
                      throw new IllegalStateException("a bug");
                    }))
        .isInstanceOf(CompletionException.class);
  }
}
