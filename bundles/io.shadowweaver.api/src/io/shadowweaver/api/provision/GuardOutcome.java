// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.provision;

/**
 * What one guard said of a plan.
 *
 * @param guard    its name, such as {@code cooldown}
 * @param passed   whether the plan may go on
 * @param sentence why, for the operator
 */
public record GuardOutcome(String guard, boolean passed, String sentence) {
}
