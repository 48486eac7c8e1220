// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.platform;

import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.shadowweaver.api.plugin.Parameter;
import io.shadowweaver.api.plugin.PluginException;

/**
 * The secret settings of connections: split off before anything is written, filled in before anything is opened, and masked in
 * every text that leaves. Thread-safe.
 */
final class Secrets {
	private static final String MASK = "***";
	/** Shorter ones stand in too many ordinary words. */
	private static final int SHORTEST = 4;

	/** Of the process, since its log is: several platforms may write to it. */
	private static final Set<String> KNOWN = ConcurrentHashMap.newKeySet();

	private final SecretStore store;

	Secrets(SecretStore store) {
		this.store = store;
	}

	/** Splits secrets off and keeps them; returns what may be written to a file. A blank secret leaves what is kept. */
	Map<String, String> keep(String estate, String connection, List<Parameter> declared, Map<String, String> values) throws PluginException {
		Map<String, String> secrets = new LinkedHashMap<>();
		for (Parameter parameter : declared) {
			String value = parameter.secret() ? values.getOrDefault(parameter.key(), "") : "";
			if (!value.isBlank()) {
				secrets.put(parameter.key(), value);
			}
		}
		if (!secrets.isEmpty()) {
			KNOWN.addAll(secrets.values());
			store.put(estate, connection, secrets);
		}
		return without(declared, values);
	}

	/** What may be written to a file. */
	static Map<String, String> without(List<Parameter> declared, Map<String, String> values) {
		Map<String, String> open = new LinkedHashMap<>(values);
		declared.stream().filter(Parameter::secret).map(Parameter::key).forEach(open::remove);
		return open;
	}

	/** The settings with the secrets that were kept. The store is asked only where a secret is declared and not given. */
	Map<String, String> fill(String estate, String connection, List<Parameter> declared, Map<String, String> values) throws PluginException {
		Map<String, String> whole = new LinkedHashMap<>(values);
		for (Parameter parameter : declared) {
			if (!parameter.secret()) {
				continue;
			}
			String secret = values.getOrDefault(parameter.key(), "");
			if (secret.isBlank()) {
				secret = store.get(estate, connection, parameter.key());
			}
			if (!secret.isBlank()) {
				whole.put(parameter.key(), secret);
				KNOWN.add(secret);
			} else if (parameter.required() && parameter.defaultValue().isEmpty()) {
				throw new PluginException(parameter.label() + " (" + parameter.key() + ") of the connection " + connection + " is not known: "
						+ store.where(estate, connection, parameter.key()) + ".");
			}
		}
		return whole;
	}

	/** Notes secrets that are only tried, so that they are masked. */
	void note(List<Parameter> declared, Map<String, String> values) {
		declared.stream().filter(Parameter::secret).map(parameter -> values.getOrDefault(parameter.key(), "")).filter(value -> !value.isBlank())
				.forEach(KNOWN::add);
	}

	/** Forgets the secrets of an estate. */
	void forget(String estate) throws PluginException {
		store.forget(estate);
	}

	/** Forgets the secrets of a connection. */
	void forget(String estate, String connection) throws PluginException {
		store.forget(estate, connection);
	}

	/** A text in which no known secret stands. */
	String mask(String text) {
		if (text == null || KNOWN.isEmpty()) {
			return text;
		}
		String masked = text;
		// a secret may begin with another one
		for (String secret : KNOWN.stream().filter(one -> one.length() >= SHORTEST).sorted(Comparator.comparingInt(String::length).reversed()).toList()) {
			masked = masked.replace(secret, MASK);
		}
		return masked;
	}

	/** The same exception where no message of it or its causes holds a secret; otherwise one that tells as much without it. */
	Throwable mask(Throwable thrown) {
		if (thrown == null || KNOWN.isEmpty()) {
			return thrown;
		}
		Map<Throwable, Boolean> seen = new IdentityHashMap<>();
		return holds(thrown, seen) ? copy(thrown, new IdentityHashMap<>()) : thrown;
	}

	private boolean holds(Throwable thrown, Map<Throwable, Boolean> seen) {
		if (thrown == null || seen.put(thrown, true) != null) {
			return false;
		}
		String text = String.valueOf(thrown);
		if (!mask(text).equals(text) || holds(thrown.getCause(), seen)) {
			return true;
		}
		for (Throwable other : thrown.getSuppressed()) {
			if (holds(other, seen)) {
				return true;
			}
		}
		return false;
	}

	private Throwable copy(Throwable thrown, Map<Throwable, Boolean> seen) {
		if (thrown == null || seen.put(thrown, true) != null) {
			return null;
		}
		Throwable masked = new Masked(mask(String.valueOf(thrown)), copy(thrown.getCause(), seen));
		masked.setStackTrace(thrown.getStackTrace());
		for (Throwable other : thrown.getSuppressed()) {
			Throwable suppressed = copy(other, seen);
			if (suppressed != null) {
				masked.addSuppressed(suppressed);
			}
		}
		return masked;
	}

	/** Stands for an exception whose message held a secret. */
	private static final class Masked extends Exception {
		private static final long serialVersionUID = 1L;

		Masked(String told, Throwable cause) {
			super(told, cause);
		}

		@Override
		public String toString() {
			return getMessage();
		}
	}
}
