package org.tidegate.app.alarm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** An operator's web server on loopback that takes alarms, or refuses some, or hangs. */
public final class AlarmReceiver implements AutoCloseable {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch over = new CountDownLatch(1);
  private final List<String> alarms = new CopyOnWriteArrayList<>();
  private final List<String> credentials = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private volatile boolean hangs;
  private final HttpServer server;
  private final boolean secure;

  /**
   * @param tls what it speaks TLS with; null for none
   */
  public AlarmReceiver(@Nullable SSLContext tls) throws IOException {
    var loopback = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
    secure = tls != null;
    if (tls == null) {
      server = HttpServer.create(loopback, 0);
    } else {
      HttpsServer https = HttpsServer.create(loopback, 0);
      https.setHttpsConfigurator(new HttpsConfigurator(tls));
      server = https;
    }
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String alarm = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            if (hangs) {
              over.await();
            }
            if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
              exchange.sendResponseHeaders(503, -1);
              return;
            }
            alarms.add(alarm);
            credentials.add("" + exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(204, -1);
          } catch (InterruptedException e) {
            return;
          }
        });
    server.start();
  }

  public String address() {
    String scheme = secure ? "https" : "http";
    return scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/hook?secret=qzsecret";
  }

  /** The next so many are answered 503. */
  public AlarmReceiver refusing(int times) {
    refusals.set(times);
    return this;
  }

  public AlarmReceiver hanging() {
    hangs = true;
    return this;
  }

  public List<String> alarms() {
    return alarms;
  }

  public List<String> credentials() {
    return credentials;
  }

  @Override
  public void close() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
