// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.lstm;

import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.lib.djl.PyTorchFiles;

/** PyTorch, loaded at most once in the process. Thread-safe. */
final class Torch {
	/** DJL lets one thread of the process compute gradients at a time. */
	static final Object GRADIENTS = new Object();

	/**
	 * Kept, since a logger that nobody holds forgets its level. DJL tells each file that it loads, and warns of graphics drivers, which do not matter to
	 * PyTorch on the CPU; what fails is thrown.
	 */
	private static final Logger LOGGER = Logger.getLogger("ai.djl");

	private static Engine engine;
	private static String failure;

	private Torch() {
	}

	/**
	 * Checks whether PyTorch can be used, without loading it.
	 *
	 * @throws PluginException with the reason, when its natives are not there or could not be loaded before
	 */
	static synchronized void check() throws PluginException {
		if (engine != null) {
			return;
		}
		try {
			Optional<String> reason = failure != null ? Optional.of(failure) : PyTorchFiles.missing();
			if (reason.isPresent()) {
				throw new PluginException("The LSTM is not available: " + reason.get());
			}
		} catch (LinkageError e) {
			throw failed(e);
		}
	}

	/** Whether PyTorch is loaded. */
	static synchronized boolean isLoaded() {
		return engine != null;
	}

	/**
	 * The engine; the first call loads it, which takes a second or two.
	 *
	 * @throws PluginException with the reason, when it cannot be loaded
	 */
	static synchronized Engine engine() throws PluginException {
		check();
		if (engine == null) {
			Thread thread = Thread.currentThread();
			ClassLoader before = thread.getContextClassLoader();
			try {
				if (LOGGER.getLevel() == null) {
					LOGGER.setLevel(Level.SEVERE);
				}
				PyTorchFiles.configure();
				// DJL looks for its engines and for the natives with the thread's class loader
				thread.setContextClassLoader(PyTorchFiles.class.getClassLoader());
				engine = Engine.getEngine("PyTorch");
			} catch (IOException | LinkageError | EngineException | IllegalArgumentException e) {
				throw failed(e);
			} finally {
				thread.setContextClassLoader(before);
			}
		}
		return engine;
	}

	/** A manager of arrays; whoever asks for it closes it. */
	static NDManager manager() throws PluginException {
		return engine().newBaseManager();
	}

	private static PluginException failed(Throwable e) {
		Throwable cause = e;
		while (cause.getCause() != null && cause.getCause() != cause) {
			cause = cause.getCause();
		}
		failure = "PyTorch cannot be loaded here: " + cause.getMessage();
		return new PluginException("The LSTM is not available: " + failure, e);
	}
}
