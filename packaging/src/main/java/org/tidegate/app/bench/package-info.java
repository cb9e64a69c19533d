/**
 * Sizes a machine: the engine on synthetic or given lists and traffic, with simpler designs beside
 * it in the same run.
 *
 * <p>Start at {@link org.tidegate.app.bench.EngineBench}; the same bodies run under JMH in the
 * tests. Prints figures and never a URL.
 */
@NullMarked
package org.tidegate.app.bench;

import org.jspecify.annotations.NullMarked;
