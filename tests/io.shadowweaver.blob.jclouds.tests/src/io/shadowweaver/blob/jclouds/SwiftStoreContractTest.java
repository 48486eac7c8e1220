// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.blob.jclouds;

import java.util.UUID;

import io.shadowweaver.api.store.BlobStore;
import io.shadowweaver.tck.BlobStoreContract;

/** The contract, against a real Swift. */
class SwiftStoreContractTest extends BlobStoreContract {
	private final String container = "contract-" + UUID.randomUUID();

	@Override
	protected BlobStore open() throws Exception {
		return Stores.open("swift", Stores.swift(container));
	}
}
