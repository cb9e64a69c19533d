package org.tidegate.filter.list;

/** Why a reader refuses a line. The line itself is shown on the publisher's terminal only. */
public enum RefusalReason {
  /** It has no canonical form as a URL, or a host whose name is none. */
  INVALID_URL,
  /** It, or a name in it, has no canonical form as a host, or is no host's name. */
  INVALID_HOST,
  /** A port where the entry covers every port. */
  PORT,
  /** A path where only a host may stand. */
  PATH,
  /** No path where the entry needs one. */
  NO_PATH,
  /** Userinfo before a host: an e-mail address, perhaps. */
  USERINFO,
  /** A wildcard that no scope expresses. */
  WILDCARD,
  /** A hosts file's line that does not begin with an address. */
  NO_ADDRESS,
  /** A response-policy zone's name outside the zone. */
  OUTSIDE_ZONE,
  /** A response-policy zone's line that cannot be read. */
  MALFORMED,
  /** A record of a CSV file that lacks the column with the entries. */
  NO_COLUMN,
  /** More bytes than a line may have. */
  TOO_LONG
}
