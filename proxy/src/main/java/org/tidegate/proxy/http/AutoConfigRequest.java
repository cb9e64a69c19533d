package org.tidegate.proxy.http;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises what asks the gateway itself for its proxy auto-configuration. */
public final class AutoConfigRequest {
  private static final Pattern LINE =
      Pattern.compile("(GET|HEAD) /(?:proxy\\.pac|wpad\\.dat)(?:\\?[!-~]*)? HTTP/1\\.[01]");

  private AutoConfigRequest() {}

  /** The method, or an empty text where something else is asked for. */
  public static String method(MessageHead head) {
    if (head.startLineEnd() > 1024) {
      return "";
    }
    String line = new String(head.bytes(), 0, head.startLineEnd(), StandardCharsets.ISO_8859_1);
    Matcher matcher = LINE.matcher(line);
    return matcher.matches() ? matcher.group(1) : "";
  }
}
