package org.tidegate.filter.index;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.BloomFilter;
import com.google.common.hash.Funnels;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.tidegate.filter.index.ListFormatException.Reason;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.url.CanonicalUrl;
import org.tidegate.filter.url.UrlView;

class PreCheckTest {
  private static final ListKey OWN_KEY = ListKey.of("pre-check-key-01".getBytes(US_ASCII));

  private final byte[] bytes = compile();

  @Test
  void whatIsListedMayBe() throws ListFormatException {
    PreCheck preCheck = PreCheck.open(bytes, OWN_KEY);

    assertThat(mightCover(preCheck, "http://www.domain.example/any")).isTrue();
    assertThat(mightCover(preCheck, "http://host.example/")).isTrue();
    assertThat(mightCover(preCheck, "http://pages.example/below/x/y?z")).isTrue();
    assertThat(mightCover(preCheck, "http://pages.example/page?any")).isTrue();
    assertThat(mightCover(preCheck, "HTTP://pages.example/%70age?q=1")).isTrue();
    assertThat(mightCover(preCheck, "http://pages.example/exact?q=1")).isTrue();
  }

  @Test
  void mostOfWhatIsNotListedIsNot() throws ListFormatException {
    PreCheck preCheck = PreCheck.open(bytes, OWN_KEY);
    int maybe = 0;
    for (int i = 0; i < 10_000; i++) {
      maybe += mightCover(preCheck, "http://other" + i + ".example/page" + i) ? 1 : 0;
    }
    assertThat(maybe).isLessThan(100);
    assertThat(mightCover(preCheck, "http://sub.host.example/")).isFalse();
    assertThat(mightCover(preCheck, "http://pages.example/exact?q=2")).isFalse();
  }

  @Test
  void anInquiryAnswersOneUrlAfterAnother() throws ListFormatException {
    PreCheck.Inquiry inquiry = PreCheck.open(bytes, OWN_KEY).inquiry();

    assertThat(inquiry.mightCover(view("http://pages.example/below/x"))).isTrue();
    assertThat(inquiry.mightCover(view("http://pages.example/other"))).isFalse();
    assertThat(inquiry.mightCover(view("http://a.domain.example/"))).isTrue();
    assertThat(inquiry.mightCover(view("http://a.other.example/"))).isFalse();
    assertThat(inquiry.mightCover(view("http://pages.example/page"))).isTrue();
  }

  @Test
  void anotherKeySeesNothing() throws ListFormatException {
    PreCheck preCheck = PreCheck.open(bytes, TestLists.KEY);

    assertThat(mightCover(preCheck, "http://pages.example/page")).isFalse();
  }

  @Test
  void guavaReadsIt() throws IOException {
    BloomFilter<byte[]> filter =
        BloomFilter.readFrom(new ByteArrayInputStream(bytes), Funnels.byteArrayFunnel());
    byte[] question = new byte[16];
    EntryKeys keys = new EntryHash(OWN_KEY).keys(ListEntry.host(TestLists.host("host.example")));
    LittleEndian.putLong(question, 0, keys.host());
    LittleEndian.putLong(question, 8, keys.rule());

    assertThat(filter.mightContain(question)).isTrue();
  }

  @Test
  void aListsCompilerMakesItWithTheCanary() {
    ListCompiler compiler =
        new ListCompiler(TestLists.KEY, "a", 1, TestLists.CREATED).preCheck(OWN_KEY);
    PreCheckCompiler alone = new PreCheckCompiler(OWN_KEY);
    alone.add(ListEntry.host(CompiledList.canary("a")));
    for (int i = 0; i < 100; i++) {
      ListEntry entry = ListEntry.page(url("a" + i + ".example/page"));
      compiler.add(entry, 1 + i);
      alone.add(entry);
    }

    assertThat(TestLists.compile(compiler).preCheck()).contains(alone.compile());
    assertThat(TestLists.compilation(TestLists.KEY, "a", "a.example").preCheck()).isEmpty();
  }

  @Test
  void anotherSizeThanItSaysIsRefused() {
    assertReason(new byte[3], Reason.LENGTH);
    assertReason(new byte[6], Reason.LENGTH);
    assertReason(Arrays.copyOf(bytes, bytes.length - 1), Reason.LENGTH);
    assertReason(Arrays.copyOf(bytes, bytes.length + 8), Reason.LENGTH);
    byte[] huge = bytes.clone();
    huge[2] = 0x7F;
    assertReason(huge, Reason.LENGTH);
    byte[] negative = bytes.clone();
    negative[2] = (byte) 0x80;
    assertReason(negative, Reason.LENGTH);
    byte[] unknown = bytes.clone();
    unknown[0] = 99;
    assertReason(unknown, Reason.STRUCTURE);
  }

  private static void assertReason(byte[] bytes, Reason reason) {
    assertThatThrownBy(() -> PreCheck.open(bytes, OWN_KEY))
        .isInstanceOfSatisfying(
            ListFormatException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static boolean mightCover(PreCheck preCheck, String url) {
    return preCheck.mightCover(view(url));
  }

  private static UrlView view(String url) {
    byte[] text = url.getBytes(US_ASCII);
    UrlView view = new UrlView();
    assertThat(view.read(text, 0, text.length)).isTrue();
    return view;
  }

  private static byte[] compile() {
    PreCheckCompiler compiler = new PreCheckCompiler(OWN_KEY);
    compiler.add(ListEntry.domain(TestLists.host("domain.example")));
    compiler.add(ListEntry.host(TestLists.host("host.example")));
    compiler.add(ListEntry.prefix(url("pages.example/below/")));
    compiler.add(ListEntry.page(url("pages.example/page")));
    compiler.add(ListEntry.exact(url("pages.example/exact?q=1")));
    for (int i = 0; i < 1000; i++) { // a filter of a few entries is coarser
      compiler.add(ListEntry.page(url("more" + i + ".example/page")));
    }
    return compiler.compile();
  }

  private static CanonicalUrl url(String text) {
    return CanonicalUrl.parse(text).orElseThrow();
  }
}
