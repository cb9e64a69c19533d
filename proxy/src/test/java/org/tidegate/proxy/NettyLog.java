package org.tidegate.proxy;

import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Collects what Netty complains of, reports of its leak detector above all. */
final class NettyLog extends Handler {
  private static final Logger NETTY = Logger.getLogger("io.netty");

  private final List<String> complaints = new CopyOnWriteArrayList<>();

  /** Begins collecting; what others leaked before is let go first. */
  static NettyLog begin() {
    new NettyLog().collect().end();
    return new NettyLog().collect();
  }

  private NettyLog collect() {
    NETTY.addHandler(this);
    NETTY.setUseParentHandlers(false);
    return this;
  }

  /** Has whatever leaked found; returns the complaints and collects no more. */
  List<String> end() {
    for (int i = 0; i < 5; i++) {
      System.gc();
      for (int j = 0; j < 2000; j++) { // the detector looks whenever a buffer is made
        ByteBufAllocator.DEFAULT.directBuffer(16).release();
      }
    }
    NETTY.removeHandler(this);
    NETTY.setUseParentHandlers(true);
    return List.copyOf(complaints);
  }

  @Override
  public void publish(LogRecord complaint) {
    if (complaint.getLevel().intValue() >= Level.WARNING.intValue()) {
      complaints.add(complaint.getMessage() + " " + complaint.getThrown());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
