package org.tidegate.proxy;

import java.io.IOException;
import java.net.Socket;
import java.util.function.UnaryOperator;

/** A client that is told what to ask an explicit proxy, and asks it in a way of its own. */
final class SpellingClient extends RawClient {
  private final UnaryOperator<String> spelling;

  SpellingClient(Socket connected, UnaryOperator<String> spelling) throws IOException {
    super(connected);
    this.spelling = spelling;
  }

  @Override
  void send(String latin1) throws IOException {
    super.send(spelling.apply(latin1));
  }
}
