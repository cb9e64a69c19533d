package org.tidegate.app.alarm;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of alarms to one receiver: a thread of its own and a bounded queue, so that a receiver
 * that hangs holds up neither the gateway nor the other one. An alarm that is not taken is offered
 * again, a few times; then the next has its turn.
 */
final class Delivery implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("org.tidegate.alarm");
  private static final int QUEUE = 100;
  private static final int ATTEMPTS = 5;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private final Receiver receiver;
  private final DeliveryCount count;
  private final BlockingQueue<Alarm> queue = new ArrayBlockingQueue<>(QUEUE);
  private volatile boolean closed;

  private Delivery(Receiver receiver, DeliveryCount count) {
    this.receiver = receiver;
    this.count = count;
  }

  static Delivery start(Receiver receiver, DeliveryCount count) {
    Delivery delivery = new Delivery(receiver, count);
    Thread thread = new Thread(delivery::run, "alarm-" + receiver.word());
    thread.setDaemon(true);
    thread.start();
    return delivery;
  }

  /** Never waits: what is too much at once is dropped, and counted. */
  void offer(Alarm alarm) {
    if (!queue.offer(alarm)) {
      ended("dropped", alarm, "too many at once");
    }
  }

  private void run() {
    try {
      while (!closed || !queue.isEmpty()) {
        Alarm alarm = queue.poll(1, TimeUnit.SECONDS);
        if (alarm != null) {
          deliver(alarm);
        }
      }
    } catch (InterruptedException e) {
      return; // nobody interrupts it but the end of the process
    }
  }

  private void deliver(Alarm alarm) throws InterruptedException {
    byte[] json = alarm.json();
    String why = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (attempt > 0) {
        Thread.sleep(FIRST_PAUSE.multipliedBy(1L << (attempt - 1)).toMillis());
      }
      String failure = attempt(json);
      if (failure == null) {
        count.count(receiver.word(), "delivered");
        return;
      }
      why = failure;
    }
    ended("failed", alarm, why);
  }

  // Whatever happens, the next alarm is to be delivered.
  private @Nullable String attempt(byte[] json) throws InterruptedException {
    try {
      receiver.take(json);
      return null;
    } catch (UndeliveredException e) {
      return e.getMessage();
    } catch (RuntimeException e) {
      return e.getClass().getSimpleName();
    }
  }

  private void ended(String outcome, Alarm alarm, @Nullable String why) {
    count.count(receiver.word(), outcome);
    LOG.warn("{} {}: {}, list {}: {}", receiver.word(), outcome, why, alarm.list(), alarm.state());
  }

  /** What is in the queue is still delivered, as long as the process lives. */
  @Override
  public void close() {
    closed = true;
  }
}
