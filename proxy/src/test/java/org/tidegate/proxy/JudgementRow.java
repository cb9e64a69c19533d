package org.tidegate.proxy;

import java.io.IOException;
import java.util.List;
import org.tidegate.proxy.http.RawText;

/** One spelling of something asked for, and what must become of it. */
record JudgementRow(String expected, String target, String host, String shows) {
  static List<JudgementRow> all() throws IOException {
    return RawText.rows("/vectors/judgement.tsv").stream().map(JudgementRow::of).toList();
  }

  static JudgementRow of(String[] columns) {
    String target = RawText.unescape(columns[1]);
    String host =
        columns[2].equals("-")
            ? target.replaceFirst("(?is)^https?://(?:[^/?#]*@)?([^/?#]*).*", "$1")
            : columns[2];
    return new JudgementRow(columns[0], target, host, columns[3]);
  }

  String head(String method, String version, String fields) {
    return method + " " + target + " " + version + "\r\nHost: " + host + "\r\n" + fields + "\r\n";
  }

  /** What the origin is to see: the client's bytes without scheme, authority and fragment. */
  String path() {
    String path = target.replaceFirst("(?i)^https?://[^/?#]*", "").replaceFirst("(?s)#.*", "");
    return path.startsWith("/") ? path : "/" + path;
  }

  boolean isAddress() {
    return host.startsWith("[") || host.matches("[0-9a-fx.]+(:\\d+)?");
  }

  /** Whether it can be asked for inside TLS. Addresses that pass would be connected to. */
  boolean isForTls() {
    return InspectedDoor.carries(host)
        && !expected.equals("refused")
        && !(isAddress() && expected.equals("passes"));
  }
}
