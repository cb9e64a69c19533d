/**
 * Canonicalisation: the text of a URL goes in, the one spelling that is compared comes out.
 *
 * <p>Start at {@link org.tidegate.filter.url.CanonicalUrl}; the numbered steps are in {@code
 * docs/canonicalisation.md}. Knows nothing of lists.
 */
@NullMarked
package org.tidegate.filter.url;

import org.jspecify.annotations.NullMarked;
