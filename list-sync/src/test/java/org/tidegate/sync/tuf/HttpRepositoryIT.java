package org.tidegate.sync.tuf;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tidegate.sync.tuf.HttpRepository.Times;

/** A repository behind a server that does as it likes. */
class HttpRepositoryIT {
  private static final Times SHORT =
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
    "304 Not Modified, REDIRECT",
    "403 Forbidden, STATUS",
    "503 Busy, STATUS",
    "206 Partial Content, STATUS",
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
    assertThat(trouble()).isEqualTo(Trouble.TIMEOUT);
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
    URI base = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/lists");
    try (InputStream in = new HttpRepository(base, SHORT).open("timestamp.json")) {
      return new String(in.readAllBytes(), US_ASCII);
    }
  }
}
