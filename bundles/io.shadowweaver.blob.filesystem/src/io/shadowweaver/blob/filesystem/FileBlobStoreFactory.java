// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.blob.filesystem;

import java.nio.file.Files;
import java.nio.file.Path;

import io.shadowweaver.api.plugin.PluginContext;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.api.store.BlobStore;
import io.shadowweaver.api.store.BlobStoreFactory;

/** Opens stores of files. */
public final class FileBlobStoreFactory implements BlobStoreFactory {
	@Override
	public BlobStore open(Settings settings, PluginContext context) throws PluginException {
		Path directory = settings.path("directory").toAbsolutePath();
		if (Files.exists(directory) && !Files.isDirectory(directory)) {
			throw new PluginException("Directory (directory): " + directory + " is no directory.");
		}
		return new FileBlobStore(directory);
	}
}
