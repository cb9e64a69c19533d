package org.tidegate.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {
  private final AddressRules carrier = new AddressRules(false, List.of());
  private final AddressRules school = new AddressRules(true, List.of());

  private static InetSocketAddress at(String address) {
    return new InetSocketAddress(address, 80);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",
        "0.1.2.3",
        "169.254.169.254",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2001:0:1::",
        "100::1",
        "::127.0.0.1",
        "168.63.129.16",
        "192.0.0.192",
        "fd00:ec2::254",
        "fd20:ce::254",
        "100.100.100.200"
      })
  void neverReached(String address) {
    assertThat(carrier.allow(at(address))).isFalse();
    assertThat(school.allow(at(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.254",
        "192.168.1.1",
        "100.64.0.1",
        "100.127.0.1",
        "fd00::1",
        "64:ff9b::a00:1"
      })
  void privateNetworksAreForSchools(String address) {
    assertThat(carrier.allow(at(address))).isFalse();
    assertThat(school.allow(at(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.0.2.1",
        "100.63.0.1",
        "100.128.0.1",
        "172.32.0.1",
        "2001:db8::1",
        "64:ff9b::c000:201"
      })
  void publicAddressesAreReached(String address) {
    assertThat(carrier.allow(at(address))).isTrue();
    assertThat(school.allow(at(address))).isTrue();
  }

  @Test
  void whatIsAllowedByNameIsReachedOnThatPortOnly() {
    AddressRules rules = new AddressRules(false, List.of(at("127.0.0.1")));
    assertThat(rules.allow(at("127.0.0.1"))).isTrue();
    assertThat(rules.allow(new InetSocketAddress("127.0.0.1", 81))).isFalse();
  }
}
