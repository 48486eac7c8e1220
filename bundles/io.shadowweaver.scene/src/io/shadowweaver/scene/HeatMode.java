// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

/** What the colour of the shadow tells. */
public enum HeatMode {
	/** The predicted value, on the scale of the live blocks. */
	PREDICTED("Predicted value"),
	/** Predicted minus live, in points of utilisation. */
	DIFFERENCE("Difference from live"),
	/** How sure the forecast is: the width from the .1 to the .9 quantile, in points of utilisation. */
	CONFIDENCE("Confidence");

	private final String label;

	HeatMode(String label) {
		this.label = label;
	}

	/** What the operator reads. */
	public String label() {
		return label;
	}
}
