/**
 * Getting a list's clear text from where its licensor offers it: an address, a directory or a
 * command go in, the bytes of its text come out. Nothing is ever written to a disk.
 *
 * <p>Start at {@link org.tidegate.publish.source.TextSource}. The only package that knows zstd.
 */
@NullMarked
package org.tidegate.publish.source;

import org.jspecify.annotations.NullMarked;
