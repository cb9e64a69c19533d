/**
 * What operators see of a gateway: metrics, health, the status page, and the log of blocks. Counts
 * and names of lists only; nothing here can say what was asked for, and of who asked only what a
 * school's operator chose.
 *
 * <p>Start at {@link org.tidegate.proxy.admin.AdminEndpoint}. Dropwizard Metrics and HdrHistogram
 * are at home here.
 */
@NullMarked
package org.tidegate.proxy.admin;

import org.jspecify.annotations.NullMarked;
