// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.rest;

import java.io.UncheckedIOException;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.shadowweaver.kit.state.StateJson;

/** Values of the domain without loss, as another workbench reads them. */
final class Whole {
	private Whole() {
	}

	/** A value as {@link StateJson} has it. */
	static String of(Object value) {
		try {
			return StateJson.mapper().writeValueAsString(value);
		} catch (JsonProcessingException e) {
			throw new UncheckedIOException(e);
		}
	}
}
