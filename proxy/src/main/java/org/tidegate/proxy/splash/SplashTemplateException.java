package org.tidegate.proxy.splash;

/**
 * Templates or texts that cannot be used. The message is one line: what is wrong in which file, and
 * what is expected.
 */
public final class SplashTemplateException extends Exception {
  private static final long serialVersionUID = 1L;

  SplashTemplateException(String message) {
    super(message.lines().findFirst().orElse("unusable splash template"));
  }
}
