// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.provision;

/** How far automation may go for a group. */
public enum Mode {
	/** No plans. */
	OFF,
	/** Plans are made and shown, and judged afterwards; nothing is called. The default. */
	OBSERVE,
	/** Plans wait for the approval of a person. */
	PROPOSE,
	/** Plans that pass all guards are carried out. */
	AUTO
}
