package org.tidegate.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class DemoOriginIT {

  @Test
  void answersOneRequestAfterTheOtherAndForgetsBodies() throws IOException {
    String answers =
        exchange(
            "POST /one HTTP/1.1\r\nHost: a.example\r\nContent-Length: 5\r\n\r\nhello"
                + "PUT /two HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3;x=y\r\nabc\r\n0\r\nTrailer: t\r\n\r\n"
                + "HEAD /three HTTP/1.1\r\nHost: a.example\r\n\r\n"
                + "GET /four HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n");
    assertThat(answers.split("HTTP/1.1 200 OK\r\n", -1)).hasSize(5);
    assertThat(answers)
        .contains(
            "\r\n\r\nPOST /one HTTP/1.1\n", "\r\n\r\nPUT /two HTTP/1.1\n", "GET /four HTTP/1.1\n")
        .doesNotContain("HEAD /three");
  }

  @Test
  void saysContinue() throws IOException {
    assertThat(exchange("POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nx"))
        .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n");
  }

  @Test
  void closesWhatIsNotHttp() throws IOException {
    assertThat(exchange("\u0016\u0003\u0001 no request\r\n\r\n")).isEmpty();
  }

  private static String exchange(String requests) throws IOException {
    try (DemoOrigin origin = DemoOrigin.start();
        Socket socket = new Socket(origin.address().getAddress(), origin.address().getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(requests.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }
}
