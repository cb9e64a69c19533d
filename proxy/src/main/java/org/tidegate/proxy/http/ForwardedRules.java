package org.tidegate.proxy.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.List;
import org.tidegate.filter.ClientNetwork;

/**
 * What is made of the field by which proxies say who a client is. Immutable.
 *
 * @param trusted the proxies whose field is believed
 */
public record ForwardedRules(Field field, List<ClientNetwork> trusted, Send send) {
  /** Nobody is believed, and nothing is changed. */
  public static final ForwardedRules DEFAULT =
      new ForwardedRules(Field.X_FORWARDED_FOR, List.of(), Send.KEEP);

  private static final List<String> NAMES = List.of("forwarded", "x-forwarded-for");

  /** The two fields in use. */
  public enum Field {
    /** RFC 7239. */
    FORWARDED("Forwarded"),
    /** The older one. */
    X_FORWARDED_FOR("X-Forwarded-For");

    private final String text;

    Field(String text) {
      this.text = text;
    }

    String lowerCase() {
      return NAMES.get(ordinal());
    }
  }

  /** What becomes of the field in requests that go on. */
  public enum Send {
    /** It goes on as it came. */
    KEEP,
    /** Who connected is added to it. */
    ADD,
    /** It says who the client is, whatever it said; the other field goes. */
    REPLACE,
    /** Neither field goes on. */
    REMOVE
  }

  public ForwardedRules {
    trusted = List.copyOf(trusted);
  }

  /** Who a request's client is, who connected being believed or not. */
  public InetAddress client(MessageHead head, InetAddress peer) {
    return isTrusted(peer) ? ForwardedElements.client(head, field, peer, this::isTrusted) : peer;
  }

  private boolean isTrusted(InetAddress proxy) {
    return trusted.stream().anyMatch(n -> n.contains(proxy.getAddress()));
  }

  /** Whether a field goes on as it came. */
  boolean keeps(MessageHead head, int at) {
    return switch (send) {
      case KEEP -> true;
      case ADD -> !head.isNamed(at, field.lowerCase());
      case REPLACE, REMOVE -> !head.isNamed(at, NAMES.get(0)) && !head.isNamed(at, NAMES.get(1));
    };
  }

  /**
   * Writes the field as it goes on, where it does not go on as it came.
   *
   * @param client who the client is
   * @param peer who connected
   */
  void write(MessageHead head, InetAddress client, InetAddress peer, ByteBuf out) {
    if (send == Send.REPLACE) {
      line(element(client), out);
    } else if (send == Send.ADD) {
      StringBuilder all = new StringBuilder();
      String name = field.lowerCase();
      for (int i = head.find(name, 0); i >= 0; i = head.find(name, i + 1)) {
        if (!head.value(i).isEmpty()) {
          all.append(head.value(i)).append(", ");
        }
      }
      line(all.append(element(peer)).toString(), out);
    }
  }

  private String element(InetAddress address) {
    String text = NetUtil.toAddressString(address);
    if (field == Field.X_FORWARDED_FOR) {
      return text;
    }
    return text.indexOf(':') < 0 ? "for=" + text : "for=\"[" + text + "]\"";
  }

  private void line(String value, ByteBuf out) {
    ByteBufUtil.writeAscii(out, field.text + ": ");
    out.writeCharSequence(value, java.nio.charset.StandardCharsets.ISO_8859_1);
    ByteBufUtil.writeAscii(out, "\r\n");
  }
}
