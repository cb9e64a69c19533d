package org.tidegate.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that ask a {@link RoughOrigin} for everything, and go away when it pleases them. */
final class RoughClients {
  private final InetSocketAddress gateway;
  private final byte[] expected = RoughOrigin.body();
  final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  final AtomicLong whole = new AtomicLong();
  final AtomicLong cut = new AtomicLong();
  final AtomicLong splash = new AtomicLong();

  RoughClients(InetSocketAddress gateway) {
    this.gateway = gateway;
  }

  void run(int clients, Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    for (int i = 0; i < clients; i++) {
      SplittableRandom random = new SplittableRandom(i);
      threads.execute(
          () -> {
            while (System.nanoTime() < end) {
              connection(random);
            }
          });
    }
    threads.shutdown();
    assertThat(threads.awaitTermination(time.toSeconds() + 90, TimeUnit.SECONDS)).isTrue();
  }

  private void connection(SplittableRandom random) {
    try (LoadClient client = new LoadClient(gateway)) {
      while (true) {
        switch (random.nextInt(13)) {
          case 0 -> {
            client.send(request("/length", "HTTP/1.1").substring(0, random.nextInt(1, 40)));
            leave(client, random);
            return;
          }
          case 1 -> {
            client.send(request("/" + (random.nextBoolean() ? "length" : "chunks"), "HTTP/1.1"));
            leave(client, random);
            return;
          }
          case 2 -> {
            client.send(upload(100_000));
            client.send(new byte[random.nextInt(99_999)]);
            leave(client, random);
            return;
          }
          case 3 -> {
            client.send(
                "CONNECT a.example:443 HTTP/1.1\r\nHost: a.example:443\r\n\r\n"
                    + (random.nextBoolean() ? "\u0016\u0003\u0001" : "GET /length HTTP"));
            leave(client, random);
            return;
          }
          case 4 -> blocked(client);
          case 6 -> {
            tunnel(client);
            return;
          }
          case 5 -> {
            client.send(upload(50_000));
            client.send(new byte[50_000]);
            judge("/length", client.read());
          }
          default -> ask(client, random);
        }
      }
    } catch (IOException e) {
      cut.incrementAndGet();
    }
  }

  private static void leave(LoadClient client, SplittableRandom random) throws IOException {
    if (random.nextBoolean()) {
      client.reset();
    }
  }

  private void blocked(LoadClient client) throws IOException {
    client.send("GET http://listed.example/ HTTP/1.1\r\nHost: listed.example\r\n\r\n");
    if (client.read().status() != 403) {
      wrong.add("a listed request passed");
    }
    splash.incrementAndGet();
  }

  private void tunnel(LoadClient client) throws IOException {
    client.send("CONNECT a.example:22 HTTP/1.1\r\nHost: a.example:22\r\n\r\n");
    client.readHead();
    client.send("SSH-2.0-x\r\n\r\n");
    int part = expected.length / 4;
    for (int at = 0; at < expected.length; at += part) {
      byte[] sent = Arrays.copyOfRange(expected, at, at + part);
      client.send(sent);
      if (!Arrays.equals(client.readBytes(part), sent)) {
        wrong.add("another byte in a tunnel");
      }
    }
    whole.incrementAndGet();
  }

  private void ask(LoadClient client, SplittableRandom random) throws IOException {
    String path = RoughOrigin.PATHS[random.nextInt(RoughOrigin.PATHS.length)];
    boolean http10 = random.nextInt(4) == 0;
    client.send(request(path, http10 ? "HTTP/1.0" : "HTTP/1.1"));
    judge(path, client.read());
    if (http10) {
      throw new IOException("closed by HTTP/1.0");
    }
  }

  private void judge(String path, LoadClient.Answer answer) {
    boolean gateways = answer.status() == 502 || answer.status() == 504;
    boolean origins = answer.status() == 200 && Arrays.equals(answer.body(), expected);
    boolean cutByOrigin = path.endsWith("-cut") || path.endsWith("-reset");
    if (origins && !cutByOrigin) {
      whole.incrementAndGet();
    } else if (gateways && !origins) {
      cut.incrementAndGet();
    } else {
      wrong.add(path + ": " + answer.status() + " looks whole, " + answer.body().length);
    }
  }

  private static String request(String path, String version) {
    return "GET http://a.example" + path + " " + version + "\r\nHost: a.example\r\n\r\n";
  }

  private static String upload(int length) {
    return "POST http://a.example/length HTTP/1.1\r\nHost: a.example\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }
}
