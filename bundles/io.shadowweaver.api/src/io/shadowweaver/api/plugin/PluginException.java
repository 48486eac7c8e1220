// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.plugin;

/**
 * A plug-in cannot do what it was asked. The message is a whole sentence for the operator that names what failed and
 * where, without secrets; it becomes the sentence of the plug-in's {@link Status}.
 */
public class PluginException extends Exception {
	private static final long serialVersionUID = 1L;

	/**
	 * @param sentence what failed and where
	 */
	public PluginException(String sentence) {
		super(sentence);
	}

	/**
	 * @param sentence what failed and where
	 * @param cause    the technical reason
	 */
	public PluginException(String sentence, Throwable cause) {
		super(sentence, cause);
	}

	/** Whether the same call will fail again, so that trying it again is of no use. {@code false} unless a subclass knows better. */
	public boolean isPermanent() {
		return false;
	}
}
