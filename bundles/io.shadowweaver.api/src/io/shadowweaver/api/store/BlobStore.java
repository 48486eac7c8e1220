// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.api.store;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

import org.osgi.annotation.versioning.ConsumerType;

import io.shadowweaver.api.plugin.PluginException;

/**
 * Keeps large named objects: archives of history, models, snapshots, exports. Thread-safe.
 * <p>
 * A name is a path with slashes: one to 900 bytes of UTF-8, no empty, {@code .} or {@code ..} part, no control character. Any other is
 * refused with a sentence.
 */
@ConsumerType
public interface BlobStore extends AutoCloseable {
	/**
	 * Stores an object whole or not at all.
	 *
	 * @param name   path with slashes
	 * @param data   the content; read to its end, not closed
	 * @param length its length in bytes
	 * @throws PluginException when it was not stored
	 */
	void put(String name, InputStream data, long length) throws PluginException;

	/**
	 * Opens an object.
	 *
	 * @param name path with slashes
	 * @return its content, to be closed by the caller
	 * @throws PluginException when it is not there or cannot be read
	 */
	InputStream get(String name) throws PluginException;

	/**
	 * What the store knows of an object without its content.
	 *
	 * @param name path with slashes
	 * @return its size and mark; empty when it is not there
	 * @throws PluginException when the store cannot be asked
	 */
	Optional<BlobInfo> find(String name) throws PluginException;

	/**
	 * @param prefix of the names wanted
	 * @return the names in the order of their characters
	 * @throws PluginException when the store cannot be asked
	 */
	List<String> list(String prefix) throws PluginException;

	/**
	 * Removes an object; no error when it is gone already.
	 *
	 * @param name path with slashes
	 * @throws PluginException when it may still be there
	 */
	void delete(String name) throws PluginException;

	@Override
	void close();
}
