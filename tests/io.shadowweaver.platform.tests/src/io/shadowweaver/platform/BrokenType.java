// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.platform;

/** Implements nothing that a contribution must. */
public final class BrokenType {
}
