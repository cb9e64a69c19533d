package org.tidegate.proxy.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads Connection fields (RFC 9110 §7.6.1). */
final class ConnectionOptions {
  /** Every field is held against every option: more of them only cost time. */
  private static final int MOST = 100;

  private ConnectionOptions() {}

  /** The options named, in lower case. */
  static List<String> of(MessageHead head) throws BadMessage {
    int field = head.find("connection", 0);
    if (field < 0) {
      return List.of();
    }
    List<String> options = new ArrayList<>();
    for (; field >= 0; field = head.find("connection", field + 1)) {
      String value = head.value(field);
      for (int from = 0; from <= value.length(); ) {
        int comma = value.indexOf(',', from);
        int to = comma < 0 ? value.length() : comma;
        String option = value.substring(from, to).strip().toLowerCase(Locale.ROOT);
        if (!option.isEmpty()) {
          if (options.size() == MOST) {
            throw new BadMessage(Refusal.BAD_CONNECTION_OPTION);
          }
          options.add(option);
        }
        from = to + 1;
      }
    }
    return options;
  }
}
