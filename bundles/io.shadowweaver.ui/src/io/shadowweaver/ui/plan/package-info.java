// SPDX-License-Identifier: Apache-2.0
/** Scenarios by hand: made, changed and compared. */
package io.shadowweaver.ui.plan;
