package org.tidegate.publish;

import java.time.Instant;

/** An edition of a list that is in the repository. */
public record Edition(
    String name, long serial, int entries, long length, String keyId, Instant created) {}
