package org.tidegate.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Arrays;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;
import org.tidegate.filter.url.CanonicalHost;

/** Inspected TLS inside a CONNECT: every connection is one host's. */
record InspectedDoor(TlsFront front, InspectedGateway inspected) implements OpenDoor {
  private static final String ANY_HOST = "a.example";

  /** What a client of TLS can ask for by name; addresses it asks for without one. */
  private static final Pattern TLS_NAME =
      Pattern.compile("(?:[a-z0-9]+(?:-+[a-z0-9]+)*\\.?)+|[0-9a-f:.]+");

  static InspectedDoor open(DoorSetup setup) throws IOException {
    TlsFront front = new TlsFront(setup.origin(), InspectedGateway::valid);
    return new InspectedDoor(
        front,
        InspectedGateway.start(
            front.address(), setup.filter(), i -> i, b -> Door.configure(b, setup)));
  }

  /** Whether a client can ask for a host's certificate. */
  static boolean carries(String host) {
    String name = name(host);
    return !host.endsWith(":")
        && TLS_NAME.matcher(name).matches()
        && Arrays.stream(name.split("\\.")).allMatch(label -> label.length() < 64);
  }

  /** The name by which a client would check whom it talks to; empty if there is none. */
  private static String name(String host) {
    String bare = new String(host.replaceFirst(":\\d+$", "").getBytes(ISO_8859_1), UTF_8);
    return CanonicalHost.parse(bare).map(name -> name.text().replaceAll("[\\[\\]]", "")).orElse("");
  }

  SSLSocket secured(String host, String... protocols) throws IOException {
    String authority = host.matches("(?s).*:\\d+") ? host : host + ":443";
    return InspectedGateway.secured(
        inspected.granted(authority), name(host), InspectedGateway.OPERATOR, protocols);
  }

  @Override
  public RawClient client() throws IOException {
    return new SpellingClient(secured(ANY_HOST, "http/1.1"), r -> on(ANY_HOST, r));
  }

  @Override
  public RawClient clientFor(String request) throws IOException {
    return new SpellingClient(secured(OriginForm.authority(request), "http/1.1"), this::spelled);
  }

  @Override
  public String spelled(String request) {
    return OriginForm.of(request);
  }

  /** Requests that agree with themselves on their host ask this one instead. */
  private static String on(String host, String requests) {
    return OriginForm.of(
        requests.replaceAll(
            "://([a-z]+\\.example)(/[^ \r\n]*|) (HTTP/1\\.[01]\r\nHost: )\\1\r\n",
            "://" + host + "$2 $3" + host + "\r\n"));
  }

  @Override
  public void close() throws IOException {
    inspected.close();
    front.close();
  }
}
