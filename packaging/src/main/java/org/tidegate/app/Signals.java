package org.tidegate.app;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The signals that the process is sent. Reached by reflection: the JVM's only interface for them
 * stands outside the platform's API, and not every runtime has it.
 */
final class Signals {
  /** What a signal asks for. */
  enum Request {
    RELOAD,
    STOP
  }

  private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();

  /** Begins to listen: SIGHUP asks for a reload, SIGTERM and SIGINT for the end. */
  static Signals listen() {
    Signals signals = new Signals();
    signals.handle("HUP", Request.RELOAD);
    signals.handle("TERM", Request.STOP);
    signals.handle("INT", Request.STOP);
    return signals;
  }

  /** Waits for the next request; one reload serves all that were asked for before it begins. */
  Request await() throws InterruptedException {
    Request next = requests.take();
    if (next == Request.RELOAD) {
      requests.removeIf(request -> request == Request.RELOAD);
    }
    return next;
  }

  void add(Request request) {
    requests.add(request);
  }

  private void handle(String name, Request request) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler add =
          (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) {
              add(request);
            }
            return null;
          };
      Object listener =
          Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, add);
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), listener);
    } catch (ClassNotFoundException
        | NoSuchMethodException
        | IllegalAccessException
        | InstantiationException
        | InvocationTargetException e) {
      // without it the signal does what it does to any process
      return;
    }
  }
}
