package org.tidegate.sync.tuf;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.HttpURLConnection;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The head of an answer that is a file, a part of it, or says that it is as it was. */
record HttpAnswer(HttpURLConnection connection, int status) {
  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/.{1,20}");
  private static final long MOMENT = 2000;
  private static final int BYTE_ORDER_MARK = 0xEF;

  /** Reads the head. */
  static HttpAnswer read(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    HttpTrouble.requireFile(status);
    HttpAnswer answer = new HttpAnswer(connection, status);
    boolean isPlain =
        answer.isAbsentOr("Content-Encoding", "identity")
            && answer.isAbsentOr("Transfer-Encoding", "chunked");
    if (!isPlain) {
      throw new RepositoryException(Trouble.ENCODING);
    }
    return answer;
  }

  boolean isUnchanged() {
    return status == HttpURLConnection.HTTP_NOT_MODIFIED;
  }

  /**
   * Where in the file the body begins.
   *
   * @param asked from where on it was asked for
   */
  long from(long asked) throws RepositoryException {
    if (status == HttpURLConnection.HTTP_OK) {
      return 0;
    }
    Matcher range = RANGE.matcher(field("Content-Range").orElse(""));
    if (asked == 0 || !range.matches() || Long.parseLong(range.group(1)) != asked) {
      throw new RepositoryException(Trouble.RANGE);
    }
    return asked;
  }

  /**
   * Whether the file was changed so lately that it may change again without a new time, or the tag
   * that many servers make of its time (RFC 9110 §8.8.2.2).
   */
  boolean isOfThisMoment() {
    long modified = connection.getLastModified();
    long now = connection.getDate();
    boolean isTimed = modified != 0 && now != 0;
    return isTimed ? now - modified < MOMENT : field("ETag").isEmpty();
  }

  long length() {
    return connection.getContentLengthLong();
  }

  Optional<String> field(String name) {
    return Optional.ofNullable(connection.getHeaderField(name));
  }

  InputStream body() throws IOException {
    return connection.getInputStream();
  }

  /** The body, which must not be a web page. */
  InputStream noPage() throws IOException {
    PushbackInputStream body = new PushbackInputStream(body());
    int first = body.read();
    if (first < 0) {
      return body;
    }
    boolean isText = first <= ' ' || first == BYTE_ORDER_MARK;
    if (first == '<' || (isText && isHtml())) {
      throw new RepositoryException(Trouble.WEB_PAGE);
    }
    body.unread(first);
    return body;
  }

  private boolean isHtml() {
    return field("Content-Type").orElse("").toLowerCase(Locale.ROOT).startsWith("text/html");
  }

  private boolean isAbsentOr(String name, String value) {
    return field(name).map(value::equalsIgnoreCase).orElse(true);
  }
}
