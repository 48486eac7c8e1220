// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.weka;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Modifier;
import java.nio.file.Path;

import io.shadowweaver.api.plugin.PluginException;

import weka.classifiers.AbstractClassifier;
import weka.classifiers.Classifier;
import weka.core.Capabilities.Capability;
import weka.core.Utils;

/** Makes, writes and reads regressors of Weka. */
final class Weka {
	private static final ObjectInputFilter OWN = ObjectInputFilter.Config
			.createFilter("maxdepth=20000;weka.**;no.uib.cipr.**;java.lang.*;java.util.*;java.util.concurrent.**;java.text.*;java.math.*;!*");

	static {
		// Weka would make folders in the user's home, look for packages on the network and for native linear algebra
		setDefault("weka.packageManager.offline", "true");
		setDefault("weka.core.loadPackages", "false");
		// nor can it list the jars of a bundle: regressors inside of others are then made by their full names
		setDefault("weka.test.maventest", "true");
		setDefault("WEKA_HOME", home().toString());
		for (String library : new String[] { "ARPACK", "BLAS", "LAPACK" }) {
			setDefault("com.github.fommil.netlib." + library, "com.github.fommil.netlib.F2j" + library);
		}
	}

	private Weka() {
	}

	private static void setDefault(String key, String value) {
		if (System.getProperty(key) == null) {
			System.setProperty(key, value);
		}
	}

	private static Path home() {
		String instance = System.getProperty("osgi.instance.area", "");
		return instance.startsWith("file:") ? new File(instance.substring("file:".length()), ".weka").toPath()
				: Path.of(System.getProperty("java.io.tmpdir"), "shadowweaver-weka-" + System.getProperty("user.name"));
	}

	/**
	 * Makes an untrained regressor.
	 *
	 * @param name    the full name of its class
	 * @param options as on Weka's command line; empty for none
	 * @return the regressor
	 * @throws PluginException naming the class or the option that is wrong
	 */
	static Classifier classifier(String name, String options) throws PluginException {
		Classifier classifier = instance(name);
		if (!(classifier instanceof AbstractClassifier one)) {
			throw new PluginException("Weka's " + name + " takes no options and is not supported.");
		}
		setOptions(one, name, options);
		if (!one.getCapabilities().handles(Capability.NUMERIC_CLASS) || !one.getCapabilities().handles(Capability.NUMERIC_ATTRIBUTES)) {
			throw new PluginException("Weka's " + name + " does not predict numbers from numbers: a regressor is needed.");
		}
		return one;
	}

	private static Classifier instance(String name) throws PluginException {
		try {
			Class<?> found = Class.forName(name, true, Classifier.class.getClassLoader());
			if (!Classifier.class.isAssignableFrom(found) || Modifier.isAbstract(found.getModifiers())) {
				throw new PluginException("'" + name + "' is no classifier of Weka that can be made.");
			}
			return (Classifier) found.getConstructor().newInstance();
		} catch (ClassNotFoundException e) {
			throw new PluginException("Weka has no class '" + name + "'.", e);
		} catch (ReflectiveOperationException | LinkageError e) {
			throw new PluginException("Weka's '" + name + "' cannot be made: " + e, e);
		}
	}

	// Weka's methods throw Exception itself
	private static void setOptions(AbstractClassifier classifier, String name, String options) throws PluginException {
		try {
			String[] words = Utils.splitOptions(options);
			classifier.setOptions(words);
			Utils.checkForRemainingOptions(words);
		} catch (Exception e) {
			String reason = e.getMessage() == null ? e.toString() : e.getMessage().strip().replaceAll("\\s+", " ");
			throw new PluginException("The options '" + options + "' do not suit Weka's " + name + ": " + reason, e);
		}
	}

	/** The state of a trained regressor. */
	static byte[] bytes(Classifier classifier) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(classifier);
		}
		return bytes.toByteArray();
	}

	/**
	 * Reads what {@link #bytes} gave; only classes of Weka and of the JDK's basic packages are made.
	 *
	 * @param bytes the state
	 * @return the regressor
	 * @throws IOException when it is none
	 */
	static Classifier read(byte[] bytes) throws IOException {
		try (ObjectInputStream in = new WekaInput(new ByteArrayInputStream(bytes))) {
			in.setObjectInputFilter(OWN);
			return (Classifier) in.readObject();
		} catch (ClassNotFoundException | RuntimeException e) {
			throw new IOException("the saved regressor of Weka cannot be read: " + e.getMessage(), e);
		}
	}

	/** Finds classes where Weka's are. */
	private static final class WekaInput extends ObjectInputStream {
		WekaInput(InputStream in) throws IOException {
			super(in);
		}

		@Override
		protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
			try {
				return Class.forName(description.getName(), false, Classifier.class.getClassLoader());
			} catch (ClassNotFoundException e) {
				return super.resolveClass(description);
			}
		}
	}
}
