package org.tidegate.proxy.http;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads who stands behind whom in {@code Forwarded} and {@code X-Forwarded-For}. Stateless. */
final class ForwardedElements {
  private static final Pattern ADDRESS =
      Pattern.compile("\\[([0-9A-Fa-f:.]{2,45})](?::[0-9]{1,5})?|([0-9.]{7,15})(?::[0-9]{1,5})?");

  private ForwardedElements() {}

  /**
   * The nearest of those named whom nobody vouches for: proxies add to the right, and what an
   * untrusted one wrote is only what it says. What cannot be read ends the search.
   *
   * @param peer a trusted proxy: the answer where nothing is named
   */
  static InetAddress client(
      MessageHead head,
      ForwardedRules.Field field,
      InetAddress peer,
      Predicate<InetAddress> trusted) {
    List<String> elements = new ArrayList<>();
    String name = field.lowerCase();
    for (int i = head.find(name, 0); i >= 0; i = head.find(name, i + 1)) {
      split(head.value(i), ',', elements);
    }
    InetAddress client = peer;
    for (int i = elements.size() - 1; i >= 0 && trusted.test(client); i--) {
      InetAddress next = address(node(elements.get(i), field));
      if (next == null) {
        return client;
      }
      client = next;
    }
    return client;
  }

  private static String node(String element, ForwardedRules.Field field) {
    if (field == ForwardedRules.Field.X_FORWARDED_FOR) {
      return element;
    }
    List<String> pairs = new ArrayList<>();
    split(element, ';', pairs);
    for (String pair : pairs) {
      if (pair.toLowerCase(Locale.ROOT).startsWith("for=")) {
        String value = pair.substring("for=".length());
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
      }
    }
    return "";
  }

  /** Parts of a list, where a separator within quotes is none. */
  private static void split(String text, char separator, List<String> parts) {
    boolean quoted = false;
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || (!quoted && text.charAt(i) == separator)) {
        String part = text.substring(from, i).strip();
        if (!part.isEmpty()) {
          parts.add(part);
        }
        from = i + 1;
      } else if (text.charAt(i) == '"') {
        quoted = !quoted;
      }
    }
  }

  private static @Nullable InetAddress address(String node) {
    Matcher m = ADDRESS.matcher(node);
    String text = node;
    if (m.matches()) {
      text = m.group(1) == null ? m.group(2) : m.group(1);
    }
    boolean literal =
        NetUtil.isValidIpV4Address(text)
            || (text.indexOf('%') < 0 && NetUtil.isValidIpV6Address(text));
    byte[] bytes = literal ? NetUtil.createByteArrayFromIpAddressString(text) : null;
    try {
      return bytes == null ? null : InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("address of 4 or 16 bytes expected", e);
    }
  }
}
