package org.tidegate.filter.index;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import com.google.common.primitives.Bytes;
import com.google.common.primitives.Longs;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tidegate.filter.list.Scope;
import org.tidegate.filter.url.CanonicalUrl;
import org.tidegate.filter.url.UrlView;

/** The messages are those of docs/compiled-list.md, spelled out with Guava's SipHash. */
class HostHashTest {
  private static final ListKey KEY = ListKey.of("0123456789abcdef".getBytes(US_ASCII));

  @Test
  void everySuffixOfOnePassHasTheKeyOfThatHost() {
    String host = "a.bc.def.ghij.klmno.pqrstu.vwxyz01.23456789.abcdefghi.test";
    UrlView view = new UrlView();
    view.show(TestLists.host(host));
    HostHash pass = new HostHash(KEY);
    pass.begin(view);

    for (int from = host.length() - 4; from >= 0; from--) {
      if (from == 0 || host.charAt(from - 1) == '.') {
        String suffix = host.substring(from);
        assertThat(pass.hostKey(suffix.length())).isEqualTo(slow(suffix, 0));
        assertThat(pass.ruleKey(suffix.length(), Scope.DOMAIN)).isEqualTo(slow(suffix, 1));
        assertThat(pass.ruleKey(suffix.length(), Scope.HOST)).isEqualTo(slow(suffix, 2));
      }
    }
    assertThat(pass.hostKey(4)).isEqualTo(slow("test", 0));
  }

  @Test
  void everyPathOfOnePassHasTheKeyOfThatPath() {
    for (String path : List.of("/", "/a", "/abcdefg/", "/a/b/c/d/e/f?q", "/abcdefghijklmnopq/r")) {
      Optional<CanonicalUrl> url = CanonicalUrl.parse("host.test" + path);
      assertThat(url).isPresent();
      UrlView view = new UrlView();
      view.show(url.get());
      PathHash pass = new PathHash(KEY);
      pass.begin(77, view);
      for (int end = 1; end <= path.length(); end++) {
        byte[] message =
            Bytes.concat(
                littleEndian(77), littleEndian(-1), path.substring(0, end).getBytes(US_ASCII));
        assertThat(pass.ruleKey(url.get().pathStart() + end, Scope.EXACT))
            .isEqualTo(guava(Bytes.concat(message, new byte[] {5})));
      }
    }
  }

  private static long slow(String host, int tag) {
    List<Byte> reversed = Bytes.asList(host.getBytes(US_ASCII));
    Collections.reverse(reversed);
    return guava(Bytes.concat(new byte[8], Bytes.toArray(reversed), new byte[] {(byte) tag}));
  }

  private static long guava(byte[] message) {
    return Hashing.sipHash24(KEY.k0, KEY.k1).hashBytes(message).asLong();
  }

  private static byte[] littleEndian(long value) {
    return Longs.toByteArray(Long.reverseBytes(value));
  }
}
