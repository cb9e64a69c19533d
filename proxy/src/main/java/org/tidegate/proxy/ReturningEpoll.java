package org.tidegate.proxy;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;

/**
 * Epoll to which a connection comes back that awaited nothing for a while. Netty 4.2.18 takes such
 * a one out of the kernel's set (its pull request 16689) and then fails to change what is not there
 * any more: a half-closed connection to which more is written than it takes at once was so closed,
 * and what it had got looked whole. Used by one event loop.
 */
final class ReturningEpoll implements IoHandler {
  private final IoHandler epoll;

  private ReturningEpoll(IoHandler epoll) {
    this.epoll = epoll;
  }

  static IoHandlerFactory factory() {
    IoHandlerFactory epolls = EpollIoHandler.newFactory();
    return executor -> new ReturningEpoll(epolls.newHandler(executor));
  }

  @Override
  public void initialize() {
    epoll.initialize();
  }

  @Override
  public int run(IoHandlerContext context) {
    return epoll.run(context);
  }

  @Override
  public void prepareToDestroy() {
    epoll.prepareToDestroy();
  }

  @Override
  public void destroy() {
    epoll.destroy();
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    return new Registration(handle);
  }

  @Override
  public void wakeup() {
    epoll.wakeup();
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> handleType) {
    return epoll.isCompatible(handleType);
  }

  /** One connection's. */
  private final class Registration implements IoRegistration {
    private final IoHandle handle;
    private IoRegistration present;
    private boolean added;
    private boolean removed;

    Registration(IoHandle handle) throws Exception {
      this.handle = handle;
      this.present = epoll.register(handle);
    }

    @Override
    public <T> T attachment() {
      return present.attachment();
    }

    @Override
    public long submit(IoOps ops) {
      boolean awaits = ((EpollIoOps) ops).value() != 0;
      if (awaits && removed && present.isValid()) {
        comeBack();
      }
      removed = added && !awaits;
      added |= awaits;
      return present.submit(ops);
    }

    private void comeBack() {
      present.cancel();
      try {
        present = epoll.register(handle);
      } catch (Exception e) {
        throw new IllegalStateException("not registered again (expected: as before)", e);
      }
    }

    @Override
    public boolean isValid() {
      return present.isValid();
    }

    @Override
    public boolean cancel() {
      return present.cancel();
    }
  }
}
