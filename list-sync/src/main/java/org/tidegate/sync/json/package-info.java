/**
 * JSON: bytes in, values out and back, strictly.
 *
 * <p>Start at {@link org.tidegate.sync.json.Json}. Gson's reader stays in here.
 */
@NullMarked
package org.tidegate.sync.json;

import org.jspecify.annotations.NullMarked;
