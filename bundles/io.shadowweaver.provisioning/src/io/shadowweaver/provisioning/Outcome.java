// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import io.shadowweaver.api.provision.Instance;

/** How a call ended. */
sealed interface Outcome {
	/** Of which intent. */
	String token();

	/** The provider named a machine. */
	record Named(String token, Instance instance) implements Outcome {
	}

	/** The provider did what was asked. */
	record Done(String token) implements Outcome {
	}

	/** Certainly not done, and the provider will not. */
	record Refused(String token, String sentence) implements Outcome {
	}

	/** Nobody knows. */
	record Lost(String token, String sentence) implements Outcome {
	}

	/** Certainly not called. */
	record NotCalled(String token, String sentence) implements Outcome {
	}
}
