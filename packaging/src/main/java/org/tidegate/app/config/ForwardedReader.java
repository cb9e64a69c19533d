package org.tidegate.app.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tidegate.proxy.http.ForwardedRules;
import org.tidegate.proxy.http.ForwardedRules.Field;
import org.tidegate.proxy.http.ForwardedRules.Send;
import org.tidegate.proxy.listen.ProxyVersion;

/** Reads how clients are named between proxies. */
final class ForwardedReader {
  static final Format<ProxyVersion> VERSION =
      Format.word("v1", ProxyVersion.V1, "v2", ProxyVersion.V2);

  private static final Format<Field> FIELD =
      Format.word("forwarded", Field.FORWARDED, "x-forwarded-for", Field.X_FORWARDED_FOR);
  private static final Format<Send> SEND = send();

  private ForwardedReader() {}

  private static Format<Send> send() {
    Map<String, Send> words = new LinkedHashMap<>();
    words.put("keep", Send.KEEP);
    words.put("add", Send.ADD);
    words.put("replace", Send.REPLACE);
    words.put("remove", Send.REMOVE);
    return Format.word(words);
  }

  static ForwardedRules rules(Section section) {
    ForwardedRules rules =
        new ForwardedRules(
            section.value("field", Field.X_FORWARDED_FOR, FIELD),
            section.values("trusted", List.of(), Formats.NETWORK),
            section.value("send", Send.KEEP, SEND));
    section.end();
    return rules;
  }
}
