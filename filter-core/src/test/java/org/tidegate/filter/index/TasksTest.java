package org.tidegate.filter.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

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
