/**
 * Reading and checking a TUF repository: a trusted root and a repository go in, verified metadata
 * comes out. Keeps no file and no clock.
 *
 * <p>Start at {@link org.tidegate.sync.tuf.ClientWorkflow}, which asks in the specification's
 * order, and {@code TrustedSet}, which decides. The checks V1 to V6 are described in {@code
 * docs/signed-lists.md}.
 */
@NullMarked
package org.tidegate.sync.tuf;

import org.jspecify.annotations.NullMarked;
