/**
 * The configuration file: text and environment go in, a {@link
 * org.tidegate.app.config.Configuration} comes out, or every problem with its line and column.
 *
 * <p>Start at {@link org.tidegate.app.config.ConfigurationReader}, which names every key. Jackson
 * stops at {@link org.tidegate.app.config.YamlText}. Nothing here opens what the file names.
 */
@NullMarked
package org.tidegate.app.config;

import org.jspecify.annotations.NullMarked;
