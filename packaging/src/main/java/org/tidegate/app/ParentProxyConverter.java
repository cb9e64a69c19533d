package org.tidegate.app;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tidegate.proxy.upstream.ParentProxy;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code HOST:PORT}; an IPv6 address in brackets. */
final class ParentProxyConverter implements ITypeConverter<ParentProxy> {
  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9._-]+)):([0-9]{1,5})");

  @Override
  public ParentProxy convert(String value) {
    Matcher m = FORM.matcher(value);
    if (!m.matches() || Integer.parseInt(m.group(3)) > 65_535 || m.group(3).matches("0+")) {
      throw new TypeConversionException("expected: HOST:PORT, such as 127.0.0.1:3128");
    }
    String host = m.group(1) == null ? m.group(2) : m.group(1);
    return new ParentProxy(host, Integer.parseInt(m.group(3)));
  }
}
