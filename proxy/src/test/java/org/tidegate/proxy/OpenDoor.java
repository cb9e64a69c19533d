package org.tidegate.proxy;

import java.io.IOException;

/** A door that is open: where a test's clients come in. */
interface OpenDoor extends AutoCloseable {
  /** Connects a client as this door's clients are before they send a request. */
  RawClient client() throws IOException;

  /** Connects a client that is going to send this request, as an explicit proxy is asked it. */
  default RawClient clientFor(String request) throws IOException {
    return client();
  }

  /** A request, given as an explicit proxy is asked it, as this door's clients write it. */
  default String spelled(String request) {
    return request;
  }

  /** Sends one request on a connection of its own and reads until the other end closes. */
  default String exchange(String request) throws IOException {
    try (RawClient client = clientFor(request)) {
      client.send(request);
      return client.readAll();
    }
  }

  @Override
  void close() throws IOException;
}
