// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.plugin;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values of a contribution's declared {@link Parameter}s, checked when constructed: a getter of a declared key never
 * fails on its type. Immutable. {@link #toString()} masks secrets.
 */
public final class Settings {
	private static final Pattern SHORT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ms|s|m|h|d)");
	private static final String MASK = "***";
	private static final int SHORTEST_MASKED = 4;

	private final Map<String, Parameter> declared;
	private final Map<String, String> values;

	private Settings(Map<String, Parameter> declared, Map<String, String> values) {
		this.declared = declared;
		this.values = values;
	}

	/**
	 * Checks the values against the declaration.
	 *
	 * @param parameters the declaration
	 * @param values     text by key; blank means not given
	 * @return the settings
	 * @throws PluginException naming the key, when a value is missing, of the wrong type or not declared
	 */
	public static Settings of(List<Parameter> parameters, Map<String, String> values) throws PluginException {
		Map<String, Parameter> declared = new LinkedHashMap<>();
		Map<String, String> checked = new LinkedHashMap<>();
		for (Parameter parameter : parameters) {
			declared.put(parameter.key(), parameter);
			String given = values.get(parameter.key());
			String value = given == null || given.isBlank() ? parameter.defaultValue() : given;
			if (parameter.type() != ParameterType.TEXT) {
				value = value.strip();
			}
			if (value.isEmpty()) {
				if (parameter.required()) {
					throw new PluginException(parameter.label() + " (" + parameter.key() + ") is required.");
				}
			} else {
				check(parameter, value);
			}
			checked.put(parameter.key(), value);
		}
		Set<String> unknown = new TreeSet<>(values.keySet());
		unknown.removeAll(declared.keySet());
		if (!unknown.isEmpty()) {
			throw new PluginException(
					"Unknown setting '" + unknown.iterator().next() + "'; known are " + String.join(", ", declared.keySet()) + ".");
		}
		return new Settings(declared, checked);
	}

	private static void check(Parameter parameter, String value) throws PluginException {
		String shown = parameter.secret() ? "the given value" : "'" + value + "'";
		try {
			switch (parameter.type()) {
			case INTEGER -> Long.parseLong(value);
			case NUMBER -> {
				if (!Double.isFinite(Double.parseDouble(value))) {
					throw new NumberFormatException();
				}
			}
			case BOOLEAN -> {
				if (!value.equals("true") && !value.equals("false")) {
					throw new IllegalArgumentException();
				}
			}
			case DURATION -> parseDuration(value);
			case FILE, DIRECTORY -> Path.of(value);
			case URL -> {
				URI uri = URI.create(value);
				if (uri.getHost() == null || !Set.of("http", "https").contains(uri.getScheme())) {
					throw new IllegalArgumentException();
				}
			}
			case STRING, TEXT -> {
				// any text is fine
			}
			}
		} catch (IllegalArgumentException | DateTimeParseException e) {
			throw new PluginException(parameter.label() + " (" + parameter.key() + "): " + shown + " is not of type "
					+ parameter.type().name().toLowerCase(java.util.Locale.ROOT) + ".", e);
		}
	}

	/**
	 * Reads a span of time.
	 *
	 * @param text {@code 250ms}, {@code 90s}, {@code 5m}, {@code 2h}, {@code 14d} or ISO-8601
	 * @return the span, never negative
	 * @throws IllegalArgumentException naming the text, when it is not a span of time
	 */
	public static Duration parseDuration(String text) {
		Matcher matcher = SHORT.matcher(text.strip());
		if (matcher.matches()) {
			double unit = switch (matcher.group(2)) {
			case "ms" -> 1;
			case "s" -> 1e3;
			case "m" -> 60e3;
			case "h" -> 3600e3;
			default -> 86400e3;
			};
			return Duration.ofMillis(Math.round(Double.parseDouble(matcher.group(1)) * unit));
		}
		try {
			Duration duration = Duration.parse(text.strip());
			if (!duration.isNegative()) {
				return duration;
			}
		} catch (DateTimeParseException | InvalidPathException e) {
			// falls through to the one message
		}
		throw new IllegalArgumentException("'" + text + "' is not a span of time such as 90s, 5m, 2h, 14d or PT5M");
	}

	/** Whether a value was given or defaulted. */
	public boolean has(String key) {
		return !text(key).isEmpty();
	}

	/** The text of a declared key; empty where nothing was given. */
	public String text(String key) {
		String value = values.get(key);
		if (value == null) {
			throw new IllegalArgumentException("undeclared setting '" + key + "'");
		}
		return value;
	}

	/** A declared {@link ParameterType#INTEGER}. */
	public long integer(String key) {
		return Long.parseLong(text(key));
	}

	/** A declared {@link ParameterType#NUMBER}. */
	public double number(String key) {
		return Double.parseDouble(text(key));
	}

	/** A declared {@link ParameterType#BOOLEAN}; {@code false} where nothing was given. */
	public boolean flag(String key) {
		return Boolean.parseBoolean(text(key));
	}

	/** A declared {@link ParameterType#DURATION}. */
	public Duration duration(String key) {
		return parseDuration(text(key));
	}

	/** A declared {@link ParameterType#FILE}. */
	public Path path(String key) {
		return Path.of(text(key));
	}

	/** A declared {@link ParameterType#URL}. */
	public URI uri(String key) {
		return URI.create(text(key));
	}

	/** The values by key, secrets left out: what may be written to a file. */
	public Map<String, String> withoutSecrets() {
		Map<String, String> open = new LinkedHashMap<>();
		values.forEach((key, value) -> {
			if (!declared.get(key).secret()) {
				open.put(key, value);
			}
		});
		return open;
	}

	/** A text in which none of the secrets stands: for what a plug-in or a library says of a failure. */
	public String mask(String text) {
		String masked = text;
		for (Map.Entry<String, String> value : values.entrySet()) {
			// shorter ones stand in too many ordinary words
			if (declared.get(value.getKey()).secret() && value.getValue().length() >= SHORTEST_MASKED) {
				masked = masked.replace(value.getValue(), MASK);
			}
		}
		return masked;
	}

	@Override
	public String toString() {
		Map<String, String> shown = new LinkedHashMap<>();
		values.forEach((key, value) -> shown.put(key, declared.get(key).secret() && !value.isEmpty() ? MASK : value));
		return shown.toString();
	}
}
