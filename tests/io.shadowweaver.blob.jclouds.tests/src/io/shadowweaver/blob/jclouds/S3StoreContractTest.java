// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.blob.jclouds;

import java.util.UUID;

import io.shadowweaver.api.store.BlobStore;
import io.shadowweaver.tck.BlobStoreContract;

/** The contract, against the S3 API of a real Swift. */
class S3StoreContractTest extends BlobStoreContract {
	private final String container = "contract-" + UUID.randomUUID();

	@Override
	protected BlobStore open() throws Exception {
		return Stores.open("s3", Stores.s3(container));
	}
}
