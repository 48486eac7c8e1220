// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

/** Where the shadow of a block stands. */
public enum ShadowStyle {
	/** A hollow sleeve around the block. */
	SLEEVE("Around the block"),
	/** A hollow column beside the block. */
	BESIDE("Beside the block"),
	/** A hollow column that hangs below the ground, with its ring at the bottom. */
	MIRRORED("Mirrored below the ground");

	private final String label;

	ShadowStyle(String label) {
		this.label = label;
	}

	/** What the operator reads. */
	public String label() {
		return label;
	}
}
