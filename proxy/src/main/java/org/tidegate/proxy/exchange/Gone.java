package org.tidegate.proxy.exchange;

/** After the end: nothing happens any more. */
enum Gone implements Stage {
  STAGE;

  @Override
  public void proceed() {}

  @Override
  public void inputClosed() {}

  @Override
  public void lost() {}

  @Override
  public void timedOut() {}
}
