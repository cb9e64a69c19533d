package org.tidegate.publish;

import java.time.Instant;

/**
 * How a role stands.
 *
 * @param keys that may sign for it
 * @param threshold how many of them must
 * @param keysHere how many of them lie in the publisher's directory
 */
public record RoleStatus(
    Role role, long version, Instant expires, int keys, int threshold, int keysHere) {}
