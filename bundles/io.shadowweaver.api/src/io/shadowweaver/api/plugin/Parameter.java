// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.plugin;

import java.util.Objects;

/**
 * A setting that a contribution declares in its extension, before any of its classes is loaded. The connection form, the
 * validation of a headless configuration and the schema of the API all come from this declaration.
 *
 * @param key          unique in the contribution; lower case, digits, dot and hyphen
 * @param label        what the form shows
 * @param type         how the text is checked
 * @param unit         shown behind the field; empty for none
 * @param defaultValue used where nothing is given; empty for none
 * @param required     whether a value must be given or defaulted
 * @param secret       whether the value is kept in secure storage and never shown or logged
 * @param help         one or two sentences for the operator
 */
public record Parameter(String key, String label, ParameterType type, String unit, String defaultValue, boolean required,
		boolean secret, String help) {

	/** Checks that the key is well formed and nothing is {@code null}. */
	public Parameter {
		Objects.requireNonNull(label, "label");
		Objects.requireNonNull(type, "type");
		Objects.requireNonNull(unit, "unit");
		Objects.requireNonNull(defaultValue, "defaultValue");
		Objects.requireNonNull(help, "help");
		if (!key.matches("[a-z][a-z0-9.-]*")) {
			throw new IllegalArgumentException("parameter key '" + key + "' must match [a-z][a-z0-9.-]*");
		}
	}
}
