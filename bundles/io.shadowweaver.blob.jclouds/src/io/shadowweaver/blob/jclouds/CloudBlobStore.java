// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.blob.jclouds;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.ContainerNotFoundException;
import org.jclouds.blobstore.KeyNotFoundException;
import org.jclouds.blobstore.domain.Blob;
import org.jclouds.blobstore.domain.BlobMetadata;
import org.jclouds.blobstore.domain.MultipartPart;
import org.jclouds.blobstore.domain.MultipartUpload;
import org.jclouds.blobstore.domain.PageSet;
import org.jclouds.blobstore.domain.StorageMetadata;
import org.jclouds.blobstore.domain.StorageType;
import org.jclouds.blobstore.options.ListContainerOptions;
import org.jclouds.blobstore.options.PutOptions;
import org.jclouds.io.ContentMetadata;
import org.jclouds.io.Payload;
import org.jclouds.io.Payloads;

import com.google.common.hash.HashCode;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.store.BlobInfo;
import io.shadowweaver.api.store.BlobStore;

/**
 * Objects in a container of a cloud. Each is sent with its MD5, which the service checks, whole or in parts that become an object with the
 * last one; no more than a part, or than a small object, is in memory at a time. One that is read is checked against what the service says of it. Sending it again replaces it, so what failed is tried again. Of B2,
 * which knows SHA-1 alone and gets none from jclouds, only the length is checked.
 */
final class CloudBlobStore implements BlobStore {
	/** Larger objects are not held in memory whole. */
	static final int LARGE = 32 << 20;
	private static final int PART = 16 << 20;
	private static final int BUFFER = 1 << 16;
	private static final int TRIES = 5;
	private static final int MOST_VERSIONS = 1000;
	private static final String TYPE = "application/octet-stream";

	private final BlobStoreContext context;
	private final org.jclouds.blobstore.BlobStore store;
	private final String container;
	private final String prefix;
	private final Traits traits;
	private final Faults faults;
	private volatile boolean there;

	/**
	 * @param context closed with the store
	 * @param prefix  of all names; empty for none
	 * @param traits  of the service
	 */
	CloudBlobStore(BlobStoreContext context, String container, String prefix, Traits traits, Faults faults) {
		this.context = context;
		this.store = context.getBlobStore();
		this.container = container;
		this.prefix = prefix;
		this.traits = traits;
		this.faults = faults;
	}

	@Override
	public void put(String name, InputStream data, long length) throws PluginException {
		String key = BlobKeys.of(prefix, name);
		try {
			if (length < LARGE) {
				byte[] bytes = new byte[(int) length];
				fill(bytes, data, bytes.length, length);
				end(data, length);
				make();
				replace(key, Payloads.newByteArrayPayload(bytes), length, md5().digest(bytes));
			} else if (traits.takesParts()) {
				putInParts(key, data, length);
			} else {
				putFromFile(key, data, length);
			}
		} catch (IOException | RuntimeException e) {
			throw faults.failure(name + " was not stored", e);
		}
	}

	/** Its MD5 has to be known before, and it may have to be sent again: so it lies in a file meanwhile. */
	private void putFromFile(String key, InputStream data, long length) throws IOException {
		Path file = Files.createTempFile("shadowweaver-" + ProcessHandle.current().pid() + "-", ".object");
		try {
			byte[] digest = copy(data, file, length);
			make();
			replace(key, Payloads.newFilePayload(file.toFile()), length, digest);
		} finally {
			Files.delete(file);
		}
	}

	private static byte[] copy(InputStream data, Path file, long length) throws IOException {
		MessageDigest digest = md5();
		byte[] buffer = new byte[BUFFER];
		try (OutputStream out = Files.newOutputStream(file)) {
			for (long left = length; left > 0;) {
				int read = data.read(buffer, 0, (int) Math.min(buffer.length, left));
				if (read < 0) {
					throw new IOException("the data ended " + left + " bytes early");
				}
				digest.update(buffer, 0, read);
				out.write(buffer, 0, read);
				left -= read;
			}
		}
		end(data, length);
		return digest.digest();
	}

	private void replace(String key, Payload payload, long length, byte[] digest) {
		try {
			store.putBlob(container, store.blobBuilder(key).payload(payload).contentLength(length).contentMD5(HashCode.fromBytes(digest)).contentType(TYPE).build());
		} catch (KeyNotFoundException e) {
			// the new version is there: it was the old one that another writer has removed before jclouds could
			if (!traits.keepsVersions()) {
				throw e;
			}
		}
	}

	/** The container is made at the first object, and once more when somebody removes it. */
	private void make() {
		if (!there) {
			if (!store.containerExists(container)) {
				store.createContainerInLocation(null, container);
			}
			there = true;
		}
	}

	private void putInParts(String key, InputStream data, long length) throws IOException {
		byte[] buffer = new byte[PART];
		fill(buffer, data, PART, length);
		make();
		Blob blob = store.blobBuilder(key).payload(new byte[0]).contentLength(length).contentType(TYPE).build();
		MultipartUpload upload = store.initiateMultipartUpload(container, blob.getMetadata(), PutOptions.NONE);
		try {
			List<MultipartPart> parts = new ArrayList<>();
			for (long left = length; left > 0;) {
				int count = (int) Math.min(PART, left);
				if (!parts.isEmpty()) {
					fill(buffer, data, count, left);
				}
				byte[] part = count == PART ? buffer : Arrays.copyOf(buffer, count);
				Payload payload = Payloads.newByteArrayPayload(part);
				payload.getContentMetadata().setContentLength((long) count);
				payload.getContentMetadata().setContentType(TYPE);
				payload.getContentMetadata().setContentMD5(HashCode.fromBytes(md5().digest(part)));
				parts.add(store.uploadMultipartPart(upload, parts.size() + 1, payload));
				left -= count;
			}
			end(data, length);
			store.completeMultipartUpload(upload, parts);
		} catch (IOException | RuntimeException e) {
			abort(upload);
			throw e;
		}
	}

	private void abort(MultipartUpload upload) {
		try {
			store.abortMultipartUpload(upload);
		} catch (RuntimeException e) {
			System.getLogger(CloudBlobStore.class.getName()).log(System.Logger.Level.WARNING, faults.failure("Parts of an object were left behind", e).getMessage());
		}
	}

	private static void fill(byte[] buffer, InputStream data, int count, long left) throws IOException {
		int read = data.readNBytes(buffer, 0, count);
		if (read < count) {
			throw new IOException("the data ended " + (left - read) + " bytes early");
		}
	}

	private static void end(InputStream data, long length) throws IOException {
		if (data.read() >= 0) {
			throw new IOException("there are more data than the " + length + " bytes that were said");
		}
	}

	@Override
	public InputStream get(String name) throws PluginException {
		String key = BlobKeys.of(prefix, name);
		Blob blob;
		try {
			blob = opened(key);
			// Swift may say so of an object that is being replaced just then
			for (int left = TRIES; blob == null && left > 0 && store.blobMetadata(container, key) != null; left--) {
				blob = opened(key);
			}
			if (blob != null) {
				ContentMetadata known = blob.getPayload().getContentMetadata();
				return new Checked(blob.getPayload().openStream(), name, known.getContentLength(), known.getContentMD5AsHashCode());
			}
		} catch (ContainerNotFoundException e) {
			throw new PluginException(faults.failure(name + " cannot be read", e).getMessage());
		} catch (IOException | RuntimeException e) {
			throw faults.failure(name + " cannot be read", e);
		}
		throw faults.failure(name + " cannot be read", new IllegalStateException("it is not there"));
	}

	/** Where it takes two calls, data that are not those that were told of are let go: what is told of before and after them is then the same. */
	private Blob opened(String key) throws IOException {
		Blob blob = store.getBlob(container, key);
		for (int left = TRIES; traits.readsInTwo() && blob != null && left > 0; left--) {
			BlobMetadata after = store.blobMetadata(container, key);
			if (after != null && Objects.equals(after.getETag(), blob.getMetadata().getETag())) {
				return blob;
			}
			blob.getPayload().close();
			blob = store.getBlob(container, key);
		}
		return blob;
	}

	@Override
	public Optional<BlobInfo> find(String name) throws PluginException {
		String key = BlobKeys.of(prefix, name);
		try {
			BlobMetadata known = store.blobMetadata(container, key);
			if (known == null || known.getType() == StorageType.FOLDER || known.getType() == StorageType.RELATIVE_PATH) {
				return Optional.empty();
			}
			Long bytes = known.getContentMetadata().getContentLength();
			return Optional.of(new BlobInfo(name, bytes == null ? known.getSize() : bytes, known.getETag() == null ? "" : known.getETag()));
		} catch (ContainerNotFoundException e) {
			return Optional.empty();
		} catch (RuntimeException e) {
			throw faults.failure(name + " cannot be looked at", e);
		}
	}

	@Override
	public List<String> list(String wanted) throws PluginException {
		List<String> names = new ArrayList<>();
		try {
			ListContainerOptions options = ListContainerOptions.Builder.recursive().prefix(BlobKeys.escaped(prefix + wanted));
			String marker = null;
			do {
				PageSet<? extends StorageMetadata> page = store.list(container, marker == null ? options : options.clone().afterMarker(marker));
				for (StorageMetadata found : page) {
					String name = BlobKeys.name(found.getName());
					if (found.getType() == StorageType.BLOB && name.startsWith(prefix + wanted)) {
						names.add(name.substring(prefix.length()));
					}
				}
				marker = page.getNextMarker();
			} while (marker != null);
		} catch (ContainerNotFoundException e) {
			return List.of();
		} catch (RuntimeException e) {
			throw faults.failure("The objects cannot be listed", e);
		}
		Collections.sort(names);
		return names;
	}

	@Override
	public void delete(String name) throws PluginException {
		String key = BlobKeys.of(prefix, name);
		try {
			store.removeBlob(container, key);
			for (int left = MOST_VERSIONS; traits.keepsVersions() && store.blobExists(container, key); left--) {
				if (left == 0) {
					throw new PluginException(name + " may still be there: it has more than " + MOST_VERSIONS + " versions.");
				}
				store.removeBlob(container, key);
			}
		} catch (ContainerNotFoundException | KeyNotFoundException e) {
			// then it is gone as well
		} catch (RuntimeException e) {
			throw faults.failure(name + " may still be there", e);
		}
	}

	private static MessageDigest md5() {
		try {
			return MessageDigest.getInstance("MD5");
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("every Java has MD5", e);
		}
	}

	/** Fails at the end of the data when they are not what the service said of them. */
	private static final class Checked extends FilterInputStream {
		private final String name;
		private final long expected;
		private final byte[] md5;
		private final MessageDigest digest = md5();
		private long count;
		private boolean ended;

		Checked(InputStream in, String name, Long length, HashCode md5) {
			super(in);
			this.name = name;
			this.expected = length == null ? -1 : length;
			this.md5 = md5 == null ? new byte[0] : md5.asBytes();
		}

		@Override
		public int read() throws IOException {
			byte[] one = new byte[1];
			return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
		}

		@Override
		public int read(byte[] to, int offset, int length) throws IOException {
			int read = in.read(to, offset, length);
			if (read > 0) {
				digest.update(to, offset, read);
				count += read;
			} else if (read < 0 && !ended) {
				ended = true;
				if (expected >= 0 && count != expected || md5.length > 0 && !Arrays.equals(md5, digest.digest())) {
					throw new IOException(name + " arrived damaged: " + count + " of " + expected + " bytes");
				}
			}
			return read;
		}

		@Override
		public long skip(long bytes) throws IOException {
			return readNBytes((int) Math.min(bytes, 1 << 16)).length;
		}

		@Override
		public boolean markSupported() {
			return false;
		}
	}

	@Override
	public void close() {
		context.close();
	}
}
