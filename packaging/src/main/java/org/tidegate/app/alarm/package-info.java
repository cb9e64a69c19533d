/**
 * Tells the operator's own systems when the state of a list changes.
 *
 * <p>In: how each list stands, and whether its canary is blocked. Out: one JSON object for each
 * change of state, to a webhook and a command. Start at {@link org.tidegate.app.alarm.Alarms}.
 * Nothing here makes the gateway wait, and nothing of a list's contents or of a person comes here.
 */
@NullMarked
package org.tidegate.app.alarm;

import org.jspecify.annotations.NullMarked;
