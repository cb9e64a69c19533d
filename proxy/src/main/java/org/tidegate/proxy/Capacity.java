package org.tidegate.proxy;

import org.tidegate.proxy.upstream.FileTable;

/** How many clients this process can hold, by its file table and its heap. */
public final class Capacity {
  /** For libraries, lists, listeners and names. */
  private static final long OTHER_FILES = 256;

  /** A client's connection and the one onward. */
  private static final int FILES_PER_CLIENT = 2;

  /** What a client's state may take, requests included; lists take what is left of the heap. */
  private static final long HEAP_PER_CLIENT = 8 * 1024;

  private static final int LEAST = 16;

  private Capacity() {}

  /** Clients at once. */
  public static int connections() {
    long heap = Runtime.getRuntime().maxMemory() / 2 / HEAP_PER_CLIENT;
    long files = (FileTable.size() - OTHER_FILES - FileTable.forPipes()) / FILES_PER_CLIENT;
    return (int) Math.max(LEAST, Math.min(Integer.MAX_VALUE, Math.min(heap, files)));
  }
}
