// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.platform;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;

import io.shadowweaver.api.plugin.Parameter;
import io.shadowweaver.api.plugin.ParameterType;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.plugin.Status.State;

/**
 * The one reader of the extension registry. Declarations are read once; a class is loaded when its contribution is first
 * opened. What is broken stays in the list with its reason. Thread-safe.
 */
final class Contributions {
	private static final class Entry {
		ContributionInfo info;
		IConfigurationElement element;
		Object factory;
	}

	private final Map<String, Entry> entries = new LinkedHashMap<>();
	private final InstantSource clock;

	Contributions(IExtensionRegistry registry, BundleContext context, InstantSource clock) {
		this.clock = clock;
		for (String point : Points.ALL) {
			for (IConfigurationElement element : registry.getConfigurationElementsFor(Points.NAMESPACE, point)) {
				add(point, element);
			}
		}
		for (Bundle bundle : context.getBundles()) {
			if (bundle.getState() == Bundle.INSTALLED && bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
				addUnresolved(bundle);
			}
		}
	}

	private void add(String point, IConfigurationElement element) {
		String bundle = element.getContributor().getName();
		String id = text(element, "id");
		List<Parameter> parameters = new ArrayList<>();
		String problem = "";
		for (String required : List.of("id", "name", "description", "class")) {
			if (text(element, required).isEmpty() && problem.isEmpty()) {
				problem = "Its extension in " + bundle + " lacks the attribute '" + required + "'.";
			}
		}
		for (IConfigurationElement child : element.getChildren("parameter")) {
			try {
				parameters.add(parameter(child));
			} catch (IllegalArgumentException e) {
				problem = "A parameter in " + bundle + " is wrong: " + e.getMessage() + ".";
			}
		}
		String key = key(point, id.isEmpty() ? bundle + "#" + entries.size() : id);
		if (entries.containsKey(key)) {
			problem = "The id '" + id + "' is already taken by " + entries.get(key).info.bundle() + ".";
			key = key(point, id + "#" + bundle + "#" + entries.size());
		}
		Entry entry = new Entry();
		entry.element = element;
		entry.info = new ContributionInfo(point, id, text(element, "name").isEmpty() ? id : text(element, "name"),
				text(element, "description"), text(element, "icon"), bundle, parameters, "own".equals(text(element, "time")),
				problem.isEmpty() ? status(State.IDLE, "", "Declared; loaded when it is first used.")
						: status(State.UNAVAILABLE, "DECLARATION", problem));
		entries.put(key, entry);
	}

	private void addUnresolved(Bundle bundle) {
		String reason = "It could not be resolved.";
		try {
			bundle.start(Bundle.START_TRANSIENT);
		} catch (BundleException e) {
			reason = Objects.requireNonNullElse(e.getMessage(), reason).strip().replaceAll("\\s+", " ");
		}
		if (bundle.getState() != Bundle.INSTALLED) {
			return;
		}
		Entry entry = new Entry();
		String name = bundle.getSymbolicName() == null ? bundle.getLocation() : bundle.getSymbolicName();
		entry.info = new ContributionInfo("bundle", name, name, "A bundle whose contributions are unknown.", "",
				name + " " + bundle.getVersion(), List.of(), false, status(State.UNAVAILABLE, "UNRESOLVED", reason));
		entries.put(key("bundle", name), entry);
	}

	private static Parameter parameter(IConfigurationElement element) {
		String key = text(element, "key");
		String type = text(element, "type").isEmpty() ? "string" : text(element, "type");
		ParameterType parsed;
		try {
			parsed = ParameterType.valueOf(type.toUpperCase(Locale.ROOT));
		} catch (IllegalArgumentException e) {
			throw new IllegalArgumentException("'" + key + "' has the unknown type '" + type + "'", e);
		}
		return new Parameter(key, text(element, "label").isEmpty() ? key : text(element, "label"), parsed, text(element, "unit"),
				text(element, "default"), Boolean.parseBoolean(text(element, "required")), Boolean.parseBoolean(text(element, "secret")),
				text(element, "help"));
	}

	private static String text(IConfigurationElement element, String attribute) {
		return Objects.requireNonNullElse(element.getAttribute(attribute), "").strip();
	}

	private Status status(State state, String detail, String sentence) {
		return new Status(state, detail, sentence, clock.instant());
	}

	private static String key(String point, String id) {
		return point + "/" + id;
	}

	synchronized List<ContributionInfo> all() {
		return entries.values().stream().map(entry -> entry.info).toList();
	}

	synchronized List<ContributionInfo> of(String point) {
		return all().stream().filter(info -> info.point().equals(point)).toList();
	}

	/** A declared contribution. */
	synchronized ContributionInfo get(String point, String id) throws PluginException {
		Entry entry = entries.get(key(point, id));
		if (entry == null) {
			throw new PluginException("There is no '" + id + "' among the " + point + "; known are "
					+ String.join(", ", of(point).stream().map(ContributionInfo::id).toList()) + ".");
		}
		return entry.info;
	}

	/** Checks settings against the declaration. */
	Settings settings(String point, String id, Map<String, String> values) throws PluginException {
		return Settings.of(get(point, id).parameters(), values);
	}

	/** Loads the class of a contribution at the first call; a failure becomes its status, and the reason of the exception. */
	synchronized <F> F factory(String point, String id, Class<F> type) throws PluginException {
		get(point, id);
		Entry entry = entries.get(key(point, id));
		if (entry.info.status().detail().equals("DECLARATION")) {
			throw new PluginException(entry.info.status().sentence());
		}
		if (entry.factory == null) {
			try {
				Object made = entry.element.createExecutableExtension("class");
				if (!type.isInstance(made)) {
					throw new PluginException(made.getClass().getName() + " in " + entry.info.bundle() + " does not implement " + type.getName() + ".");
				}
				entry.factory = made;
				set(entry, State.OK, "", "Loaded.");
			} catch (CoreException | RuntimeException | LinkageError e) {
				String sentence = "Its class " + text(entry.element, "class") + " in " + entry.info.bundle() + " could not be made: " + root(e) + ".";
				set(entry, State.UNAVAILABLE, "CLASS", sentence);
				throw new PluginException(sentence, e);
			} catch (PluginException e) {
				set(entry, State.UNAVAILABLE, "TYPE", e.getMessage());
				throw e;
			}
		}
		return type.cast(entry.factory);
	}

	/** What a constructor threw, out of the wrappings of registry and reflection. */
	private static Throwable root(Throwable wrapped) {
		Throwable reason = wrapped;
		while (true) {
			Throwable inner = reason instanceof CoreException core && core.getStatus().getException() != null
					? core.getStatus().getException() : reason.getCause();
			if (inner == null || inner == reason) {
				return reason;
			}
			reason = inner;
		}
	}

	/** Says how a contribution is doing. */
	synchronized void report(String point, String id, State state, String detail, String sentence) {
		Entry entry = entries.get(key(point, id));
		if (entry != null) {
			set(entry, state, detail, sentence);
		}
	}

	private void set(Entry entry, State state, String detail, String sentence) {
		Status fresh = status(state, detail, sentence);
		if (fresh.differsFrom(entry.info.status())) {
			update(entry, info -> new ContributionInfo(info.point(), info.id(), info.name(), info.description(), info.icon(),
					info.bundle(), info.parameters(), info.ownTime(), fresh));
		}
	}

	private static void update(Entry entry, UnaryOperator<ContributionInfo> change) {
		entry.info = change.apply(entry.info);
	}
}
