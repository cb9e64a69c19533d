package org.tidegate.proxy;

/**
 * What some doors cannot do by their nature: the exceptions to "one suite, played through all".
 * Each is said in docs/limits.md.
 */
enum Lack {}
