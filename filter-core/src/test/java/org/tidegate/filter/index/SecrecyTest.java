package org.tidegate.filter.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tidegate.filter.list.ListEntry;
import org.tidegate.filter.url.CanonicalUrl;

class SecrecyTest {

  @Test
  void whatHoldsListsOrUrlsPrintsNoneOfIt() throws ListFormatException {
    CanonicalUrl url = CanonicalUrl.parse("a.example/page").orElseThrow();
    CompiledList list = TestLists.compile("small", "a.example/page");
    PreCheckCompiler compiler = new PreCheckCompiler(TestLists.KEY);
    compiler.add(ListEntry.page(url));
    PreCheck preCheck = PreCheck.open(compiler.compile(), TestLists.KEY);

    assertThat(list).hasToString("CompiledList[small, serial 1, 1 entries]");
    assertThat(JointLists.of(List.of(list))).hasToString("JointLists");
    assertThat(new Lookup(TestLists.KEY, url)).hasToString("Lookup");
    assertThat(new EntryHash(TestLists.KEY).keys(ListEntry.page(url))).hasToString("EntryKeys");
    assertThat(preCheck).hasToString("PreCheck");
    assertThat(preCheck.inquiry()).hasToString("PreCheck.Inquiry");
    assertThat(TestLists.compilation(TestLists.KEY, "a", "a.example/page"))
        .hasToString("Compilation[1 entries]");
  }
}
