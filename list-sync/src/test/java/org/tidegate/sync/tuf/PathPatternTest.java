package org.tidegate.sync.tuf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPatternTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "* file true",
        "* dir/file false",
        "dir/* dir/file true",
        "dir/* dir/sub/file false",
        "*.txt a.txt true",
        "*.txt a.txt.gz false",
        "*a*b xaxxb true",
        "*a*b xaxxc false",
        "?.txt a.txt true",
        "?.txt ab.txt false",
        "[abc] b true",
        "[a-c]x bx true",
        "[!a-c]x bx false",
        "[!a-c]x dx true",
        "[]] ] true",
        "[ [ true",
        "a[ a[ true",
        "[!] [!] true",
        "foo-version-?.tgz foo-version-2.tgz true",
        "foo-version-?.tgz foo-version-alpha.tgz false",
      })
  void matchesWithinSegments(String pattern, String path, boolean matches) {
    assertThat(PathPattern.matches(pattern, path)).isEqualTo(matches);
  }

  @Test
  void anEvilPatternTakesNoMoreThanQuadraticTime() {
    String pattern = "*a".repeat(2000) + "b";
    assertThat(PathPattern.matches(pattern, "a".repeat(4000))).isFalse();
  }
}
