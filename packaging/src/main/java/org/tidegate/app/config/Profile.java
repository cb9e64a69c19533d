package org.tidegate.app.config;

/** Who runs the gateway, which decides what is kept of people and where requests may go. */
public enum Profile {
  /** A provider: nothing about a person is kept, and private networks are not reached. */
  CARRIER,
  /** A school or enterprise: private networks are reached. */
  SCHOOL
}
