// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.alert;

/** How bad a breach is. */
public enum Severity {
	/** Worth a look. */
	WARNING,
	/** Users will notice. */
	CRITICAL
}
