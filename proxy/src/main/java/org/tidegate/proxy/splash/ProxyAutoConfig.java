package org.tidegate.proxy.splash;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tidegate.proxy.splash.SplashAnswer.Field;

/**
 * The script by which browsers find the proxy (PAC, WPAD). It names the proxy and what goes past
 * it, and nothing of any list; there is no way past the proxy where that does not answer.
 * Immutable.
 */
public final class ProxyAutoConfig {
  private static final Pattern PROXY =
      Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):[0-9]{1,5}");
  private static final Pattern DOMAIN = Pattern.compile("[a-z0-9._-]+");
  private static final String SCRIPT =
      """
      function FindProxyForURL(url, host) {
        var name = "." + host.toLowerCase().replace(/\\.$/, "");
        var direct = [%s];
        for (var i = 0; i < direct.length; i++) {
          var at = name.length - direct[i].length;
          if (at >= 0 && name.substring(at) === direct[i]) {
            return "DIRECT";
          }
        }
        return "PROXY %s";
      }
      """;

  private final SplashAnswer answer;

  /**
   * Makes the script.
   *
   * @param proxy where clients find the proxy: {@code host:port}
   * @param direct domains that are reached past the proxy, and so unfiltered
   * @throws IllegalArgumentException for anything that could be more than that
   */
  public ProxyAutoConfig(String proxy, List<String> direct) {
    if (!PROXY.matcher(proxy).matches()) {
      throw new IllegalArgumentException("proxy (expected: host:port)");
    }
    if (!direct.stream().allMatch(domain -> DOMAIN.matcher(domain).matches())) {
      throw new IllegalArgumentException("direct (expected: domains in canonical form)");
    }
    String domains =
        direct.stream().map(domain -> "\"." + domain + "\"").collect(Collectors.joining(", "));
    answer =
        new SplashAnswer(
            200,
            List.of(
                new Field("Content-Type", "application/x-ns-proxy-autoconfig"),
                new Field("Cache-Control", "max-age=300"),
                new Field("X-Content-Type-Options", "nosniff")),
            SCRIPT.formatted(domains, proxy).getBytes(StandardCharsets.US_ASCII));
  }

  public SplashAnswer answer() {
    return answer;
  }
}
