package org.tidegate.proxy.splash;

import java.util.ArrayList;
import java.util.List;

/**
 * A complete answer: status, header fields and body. Immutable. The fields hold for GET and HEAD
 * alike; Content-Length and the connection's own fields are added by whoever sends it.
 */
public final class SplashAnswer {
  private final int status;
  private final List<Field> fields;
  private final byte[] body;

  SplashAnswer(int status, List<Field> fields, byte[] body) {
    this.status = status;
    this.fields = List.copyOf(fields);
    this.body = body;
  }

  /** One that says no more than its status. */
  public static SplashAnswer empty(int status) {
    return new SplashAnswer(status, List.of(), new byte[0]);
  }

  /** One header field, printable ASCII. */
  public record Field(String name, String value) {}

  public int status() {
    return status;
  }

  public List<Field> fields() {
    return fields;
  }

  /** The same with a field more for each of these values. */
  public SplashAnswer with(String name, List<String> values) {
    List<Field> more = new ArrayList<>(fields);
    values.forEach(value -> more.add(new Field(name, value)));
    return new SplashAnswer(status, more, body);
  }

  /** The body, shared with this answer: not to be changed. To be left out for HEAD. */
  public byte[] body() {
    return body;
  }

  @Override
  public String toString() {
    return "SplashAnswer[" + status + "]";
  }
}
