package org.tidegate.filter.index;

/** Why an entry is held back until its publisher confirms that it is meant. */
public enum HoldReason {
  /** A domain under which a registry sells names, as {@code co.uk}. */
  REGISTRY_SUFFIX,
  /** A domain under which a company gives names to its customers, by the public suffix list. */
  PRIVATE_SUFFIX,
  /** A whole host or domain that the publisher's own list names as shared by very many. */
  SHARED_HOST
}
