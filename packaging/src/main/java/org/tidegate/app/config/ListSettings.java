package org.tidegate.app.config;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tidegate.filter.ListPolicy;
import org.tidegate.proxy.splash.SplashSettings;

/**
 * One list.
 *
 * @param splashOrNone what its splash page says, where that is not what the shipped one says
 * @param place where it stands in the file
 * @param sourcePlace where its source stands
 * @param splashPlace where its splash settings stand
 */
public record ListSettings(
    ListPolicy policy,
    ListSource source,
    @Nullable SplashSettings splashOrNone,
    String place,
    String sourcePlace,
    String splashPlace) {

  public String name() {
    return policy.list();
  }

  public Optional<SplashSettings> splash() {
    return Optional.ofNullable(splashOrNone);
  }
}
