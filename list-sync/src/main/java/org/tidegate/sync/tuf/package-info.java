/**
 * Reading and checking a TUF repository: a trusted root and a repository go in, verified metadata
 * comes out. The only package that knows sigstore's TUF client; keeps no file and no clock.
 *
 * <p>Start at {@link org.tidegate.sync.tuf.MetadataClient}. The checks V1 to V6 are described in
 * {@code docs/signed-lists.md}.
 */
@NullMarked
package org.tidegate.sync.tuf;

import org.jspecify.annotations.NullMarked;
