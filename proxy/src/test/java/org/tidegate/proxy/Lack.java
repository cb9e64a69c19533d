package org.tidegate.proxy;

/**
 * What some doors cannot do by their nature: the exceptions to "one suite, played through all".
 * Each is said in the documents: of LittleProxy in docs/littleproxy.md, of intercepted and
 * inspected connections in docs/request-gate.md.
 */
enum Lack {
  /** Passing on through a tunnel that one side has ended, while the other goes on. */
  HALF_CLOSED_TUNNEL,
  /** Answering a client that has ended its side: TLS ends both at once. */
  HALF_CLOSED_CLIENT,
  /** Telling an address that the rules refuse from one that cannot be reached. */
  REASON_OF_A_FAILED_DIAL,
  /** Being asked as a proxy: by CONNECT, or with a target that names the host. */
  FORMS_OF_A_PROXY,
  /** Answering what begins neither as HTTP nor as TLS: nobody knows in which language. */
  ANSWER_TO_THE_UNKNOWN,
  /** Requests for several hosts on one connection. */
  SEVERAL_HOSTS,
  /** Asking a parent in clear: it is asked for a tunnel, and sees TLS. */
  CLEAR_PARENT,
  /** Carrying host names that no certificate can be asked for. */
  NAMES_WITHOUT_CERTIFICATES
}
