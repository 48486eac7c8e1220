// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.blob.filesystem;

import java.nio.file.Path;

import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.store.BlobStore;
import io.shadowweaver.tck.BlobStoreContract;

class FileBlobStoreContractTest extends BlobStoreContract {
	@TempDir
	private Path directory;

	@Override
	protected BlobStore open() {
		return new FileBlobStore(directory.resolve("store"));
	}
}
