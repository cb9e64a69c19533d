package org.tidegate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidegate.proxy.upstream.ParentProxy;
import picocli.CommandLine.TypeConversionException;

class ParentProxyConverterTest {
  private final ParentProxyConverter converter = new ParentProxyConverter();

  @Test
  void readsNamesAndAddresses() {
    assertThat(converter.convert("proxy.example:3128"))
        .isEqualTo(new ParentProxy("proxy.example", 3128));
    assertThat(converter.convert("[2001:db8::1]:80")).isEqualTo(new ParentProxy("2001:db8::1", 80));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "proxy.example",
        ":80",
        "h:0",
        "h:65536",
        "h:x",
        "http://h:80",
        "2001:db8::1:80"
      })
  void refusesEverythingElse(String value) {
    assertThatThrownBy(() -> converter.convert(value))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("expected: HOST:PORT");
  }
}
