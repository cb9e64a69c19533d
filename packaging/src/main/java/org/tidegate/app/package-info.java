/**
 * The {@code tidegate} command: commands, configuration and wiring, no logic of its own.
 *
 * <p>Start at {@link org.tidegate.app.Tidegate}.
 */
@NullMarked
package org.tidegate.app;

import org.jspecify.annotations.NullMarked;
