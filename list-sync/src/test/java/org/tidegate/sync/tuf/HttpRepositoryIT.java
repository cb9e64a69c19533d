package org.tidegate.sync.tuf;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidegate.sync.tuf.HttpAccess.Times;

/** A repository behind a server that does as it likes. */
class HttpRepositoryIT {
  private Times times =
      new Times(Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofMillis(500));

  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @Test
  void readsAFile() throws IOException {
    answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
    assertThat(read()).isEqualTo("hello");
  }

  @ParameterizedTest
  @CsvSource({
    "404 Not Found, NOT_FOUND",
    "410 Gone, NOT_FOUND",
    "302 Found, REDIRECT",
    "304 Not Modified, NOT_MODIFIED",
    "401 Unauthorized, CREDENTIALS",
    "403 Forbidden, FORBIDDEN",
    "503 Busy, SERVER",
    "206 Partial Content, RANGE",
    "400 Bad Request, STATUS",
  })
  void anotherAnswerThanTheFileIsTrouble(String status, Trouble trouble) {
    answer("HTTP/1.1 " + status + "\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n");
    assertThat(trouble()).isEqualTo(trouble);
  }

  @Test
  void aServerThatIsNotThereIsConnect() throws IOException {
    server.close();
    assertThat(trouble()).isEqualTo(Trouble.CONNECT);
  }

  @Test
  void aServerThatSaysNothingIsTimeout() {
    answer("");
    assertThat(trouble()).isEqualTo(Trouble.TIMEOUT);
  }

  @Test
  void aBodyThatStopsIsTimeout() {
    answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe");
    assertThat(trouble()).isEqualTo(Trouble.TIMEOUT);
  }

  @Test
  void aBodyWithoutEndHasItsTime() {
    serve(
        socket -> {
          OutputStream out = socket.getOutputStream();
          out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(US_ASCII));
          while (true) {
            out.write('x');
          }
        });
    assertThat(trouble()).isEqualTo(Trouble.SLOW);
  }

  @Test
  void aHeadThatComesByteByByteHasItsTime() {
    times = new Times(Duration.ofMillis(100), Duration.ofMillis(400), Duration.ofMillis(500));
    serve(
        socket -> {
          OutputStream out = socket.getOutputStream();
          out.write("HTTP/1.1 200 OK\r\n".getBytes(US_ASCII));
          while (true) {
            out.write("X-Y: z\r\n".getBytes(US_ASCII));
            out.flush();
            LockSupport.parkNanos(20_000_000);
          }
        });
    assertThat(trouble()).isEqualTo(Trouble.SLOW);
  }

  @Test
  void sendsItsCredentials() throws IOException {
    AtomicReference<String> seen = new AtomicReference<>("");
    serve(
        socket -> {
          byte[] request = new byte[2000];
          seen.set(new String(request, 0, socket.getInputStream().read(request), US_ASCII));
          socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(US_ASCII));
        });
    HttpAccess access =
        new HttpAccess(times, Proxy.NO_PROXY, Optional.empty(), () -> Optional.of("Bearer token"));
    new HttpRepository(base(), access).open("timestamp.json").close();
    assertThat(seen.get())
        .startsWith("GET /lists/timestamp.json HTTP/1.1\r\n")
        .contains("\r\nAuthorization: Bearer token\r\n");
  }

  @Test
  void credentialsThatCannotBeReadAreToldBeforeAnythingIsSent() {
    HttpAccess access =
        new HttpAccess(
            times,
            Proxy.NO_PROXY,
            Optional.empty(),
            () -> {
              throw new IOException("no such file");
            });
    HttpRepository repository = new HttpRepository(base(), access);
    RepositoryException e =
        catchThrowableOfType(RepositoryException.class, () -> repository.open("timestamp.json"));
    assertThat(e.trouble()).isEqualTo(Trouble.CREDENTIALS_FILE);
  }

  @Test
  void goesThroughAProxy() throws IOException {
    answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
    Proxy proxy =
        new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", server.getLocalPort()));
    HttpAccess access = new HttpAccess(times, proxy, Optional.empty(), Optional::empty);
    URI far = URI.create("http://lists.example/");
    try (InputStream in = new HttpRepository(far, access).open("timestamp.json")) {
      assertThat(in.readAllBytes()).hasSize(5);
    }
  }

  @Test
  void anAbortedRepositoryOpensNothingMore() {
    HttpRepository repository = new HttpRepository(base(), HttpAccess.plain(times));
    repository.abort();
    RepositoryException e =
        catchThrowableOfType(RepositoryException.class, () -> repository.open("timestamp.json"));
    assertThat(e.trouble()).isEqualTo(Trouble.STOPPED);
  }

  @ParameterizedTest
  @CsvSource({
    "'Last-Modified: Sun, 01 Nov 2026 12:00:00 GMT', false",
    "'ETag: \"1\"~Last-Modified: Sun, 01 Nov 2026 11:59:59 GMT', false",
    "'Last-Modified: Sun, 01 Nov 2026 11:59:58 GMT', true",
    "ETag: \"1\", true",
  })
  void whatWasChangedThisMomentMayChangeAgainUnderTheSameTime(String field, boolean isKept)
      throws IOException {
    String date = "Date: Sun, 01 Nov 2026 12:00:00 GMT\r\n";
    String head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n" + date;
    List<String> asked = new CopyOnWriteArrayList<>();
    Conversation answer =
        socket -> {
          byte[] request = new byte[2000];
          asked.add(new String(request, 0, socket.getInputStream().read(request), US_ASCII));
          String text = head + field.replace("~", "\r\n") + "\r\n\r\nhello";
          socket.getOutputStream().write(text.getBytes(US_ASCII));
        };
    HttpRepository repository = new HttpRepository(base(), HttpAccess.plain(times));
    for (int i = 0; i < 2; i++) {
      serve(answer);
      try (InputStream in = repository.open("timestamp.json")) {
        assertThat(in.readAllBytes()).hasSize(5);
      }
    }
    assertThat(asked.get(1).contains("\r\nIf-")).isEqualTo(isKept);
  }

  private interface Conversation {
    void with(Socket socket) throws IOException;
  }

  private void answer(String text) {
    serve(
        socket -> {
          socket.getOutputStream().write(text.getBytes(US_ASCII));
          socket.getOutputStream().flush();
          socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        });
  }

  private void serve(Conversation conversation) {
    Thread thread =
        new Thread(
            () -> {
              try (Socket socket = server.accept()) {
                conversation.with(socket);
              } catch (IOException e) {
                // The client has gone, as it should.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private Trouble trouble() {
    RepositoryException e = catchThrowableOfType(RepositoryException.class, this::read);
    return e.trouble();
  }

  private String read() throws IOException {
    HttpRepository repository = new HttpRepository(base(), HttpAccess.plain(times));
    try (InputStream in = repository.open("timestamp.json")) {
      return new String(in.readAllBytes(), US_ASCII);
    }
  }

  private URI base() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/lists");
  }
}
