// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.blob.jclouds;

import java.io.IOException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import io.shadowweaver.api.store.BlobStore;
import io.shadowweaver.tck.BlobStoreContract;

/** The contract, over what the reference of Backblaze B2 says. */
class BackblazeStoreContractWrittenExchangesTest extends BlobStoreContract {
	private WrittenBackblaze service;

	@BeforeEach
	void listen() throws IOException {
		service = new WrittenBackblaze();
	}

	@AfterEach
	void end() {
		service.close();
	}

	@Override
	protected BlobStore open() throws Exception {
		return Stores.open("b2", Stores.backblaze(service));
	}
}
