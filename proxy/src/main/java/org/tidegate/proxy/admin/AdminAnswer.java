package org.tidegate.proxy.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

/** An answer of the admin endpoint. */
record AdminAnswer(int status, String contentType, String body) {
  private static final String TEXT = "text/plain; charset=utf-8";

  static AdminAnswer text(int status, String line) {
    return new AdminAnswer(status, TEXT, line + "\n");
  }

  static AdminAnswer json(int status, String body) {
    return new AdminAnswer(status, "application/json", body);
  }

  /** The bytes to send. */
  byte[] bytes(boolean withBody) {
    byte[] content = body.getBytes(UTF_8);
    String head =
        "HTTP/1.1 "
            + status
            + " "
            + reason()
            + "\r\nContent-Type: "
            + contentType
            + "\r\nContent-Length: "
            + content.length
            + "\r\nCache-Control: no-store"
            + "\r\nX-Content-Type-Options: nosniff"
            + "\r\nContent-Security-Policy: default-src 'none'; style-src 'unsafe-inline';"
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            + "\r\nReferrer-Policy: no-referrer"
            + (status == 405 ? "\r\nAllow: GET, HEAD" : "")
            + "\r\nConnection: close\r\n\r\n";
    return (withBody ? head + body : head).getBytes(UTF_8);
  }

  private String reason() {
    return switch (status) {
      case 200 -> "OK";
      case 400 -> "Bad Request";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 503 -> "Service Unavailable";
      default -> "";
    };
  }
}
