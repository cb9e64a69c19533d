package org.tidegate.proxy;

/** Something that a test does beside what it watches. */
interface InBackground {
  void run() throws Exception;

  /** Begins it; what fails in it the test sees by what is then missing. */
  static Thread begin(InBackground action) {
    Thread thread =
        new Thread(
            () -> {
              try {
                action.run();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    thread.start();
    return thread;
  }
}
