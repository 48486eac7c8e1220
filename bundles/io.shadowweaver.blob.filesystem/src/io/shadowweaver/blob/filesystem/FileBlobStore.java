// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.blob.filesystem;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.store.BlobInfo;
import io.shadowweaver.api.store.BlobNames;
import io.shadowweaver.api.store.BlobStore;

/**
 * Objects as files below a directory. An object is written beside, forced to the disk and renamed into its place, and the rename is forced
 * as well: what {@link #put} has stored survives a loss of power. The filesystem store of jclouds forces nothing, lists files that are
 * being written, and needs forty bundles; so this one stands on the JDK alone.
 */
final class FileBlobStore implements BlobStore {
	/** What is being written, and what a process that died left of that. */
	private static final String INCOMPLETE = ".incomplete";
	private static final int BUFFER = 1 << 16;
	private static final int TRIES = 5;

	private final Path root;

	FileBlobStore(Path root) {
		this.root = root;
	}

	private Path path(String name) throws PluginException {
		BlobNames.check(name);
		if (name.equals(INCOMPLETE) || name.startsWith(INCOMPLETE + "/")) {
			throw new PluginException("The name '" + name + "' is the store's own.");
		}
		try {
			return root.resolve(name);
		} catch (InvalidPathException e) {
			throw new PluginException("'" + name + "' cannot be the name of a file here: " + e.getReason() + ".", e);
		}
	}

	@Override
	public void put(String name, InputStream data, long length) throws PluginException {
		Path target = path(name);
		Path draft = root.resolve(INCOMPLETE).resolve(UUID.randomUUID().toString());
		try {
			Files.createDirectories(draft.getParent());
			write(draft, data, length);
			move(draft, target);
		} catch (IOException e) {
			discard(draft);
			throw new PluginException(target + " was not stored: " + reason(e) + ".", e);
		} catch (RuntimeException e) {
			discard(draft);
			throw e;
		}
	}

	private static void write(Path draft, InputStream data, long length) throws IOException {
		FileAttribute<?>[] attributes = draft.getFileSystem().supportedFileAttributeViews().contains("posix")
				? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) } : new FileAttribute<?>[0];
		try (FileChannel channel = FileChannel.open(draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
			byte[] buffer = new byte[BUFFER];
			long left = length;
			while (left > 0) {
				int count = data.read(buffer, 0, (int) Math.min(buffer.length, left));
				if (count < 0) {
					throw new IOException("the data ended " + left + " bytes early");
				}
				ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
				while (bytes.hasRemaining()) {
					channel.write(bytes);
				}
				left -= count;
			}
			if (data.read() >= 0) {
				throw new IOException("there are more data than the " + length + " bytes that were said");
			}
			channel.force(true);
		}
	}

	/** Another call may remove a folder that has become empty just when it is needed: then it is made again. */
	private static void move(Path draft, Path target) throws IOException {
		for (int left = TRIES;; left--) {
			try {
				Files.createDirectories(target.getParent());
				Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
				force(target.getParent());
				return;
			} catch (NoSuchFileException e) {
				if (left == 0 || !Files.exists(draft)) {
					throw e;
				}
			}
		}
	}

	/** Forces the entries of a folder to the disk, where the system can. */
	private static void force(Path folder) {
		try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
			channel.force(true);
		} catch (IOException e) {
			// Windows opens no folders; its file systems keep the order by themselves
		}
	}

	private static void discard(Path draft) {
		try {
			Files.deleteIfExists(draft);
		} catch (IOException e) {
			System.getLogger(FileBlobStore.class.getName()).log(System.Logger.Level.WARNING, draft + " was left behind: " + e.getMessage());
		}
	}

	@Override
	public InputStream get(String name) throws PluginException {
		Path file = path(name);
		try {
			if (!Files.isRegularFile(file)) {
				throw new PluginException(file + " is not there.");
			}
			return Files.newInputStream(file);
		} catch (IOException e) {
			throw new PluginException(file + " cannot be read: " + reason(e) + ".", e);
		}
	}

	@Override
	public Optional<BlobInfo> find(String name) throws PluginException {
		Path file = path(name);
		try {
			BasicFileAttributes known = Files.readAttributes(file, BasicFileAttributes.class);
			return known.isRegularFile() ? Optional.of(new BlobInfo(name, known.size(), known.lastModifiedTime().to(TimeUnit.NANOSECONDS) + " " + known.fileKey()))
					: Optional.empty();
		} catch (NoSuchFileException | NotDirectoryException e) {
			return Optional.empty();
		} catch (IOException e) {
			if (!Files.exists(file)) {
				return Optional.empty();
			}
			throw new PluginException(file + " cannot be looked at: " + reason(e) + ".", e);
		}
	}

	@Override
	public List<String> list(String prefix) throws PluginException {
		int slash = prefix.lastIndexOf('/');
		Path from = slash < 0 ? root : path(prefix.substring(0, slash));
		List<String> names = new ArrayList<>();
		if (!Files.isDirectory(from)) {
			return names;
		}
		try {
			Files.walkFileTree(from, new SimpleFileVisitor<>() {
				@Override
				public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes known) {
					return folder.equals(root.resolve(INCOMPLETE)) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
				}

				@Override
				public FileVisitResult visitFile(Path file, BasicFileAttributes known) {
					String name = root.relativize(file).toString().replace('\\', '/');
					if (known.isRegularFile() && name.startsWith(prefix)) {
						names.add(name);
					}
					return FileVisitResult.CONTINUE;
				}

				@Override
				public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
					if (e instanceof NoSuchFileException) {
						return FileVisitResult.CONTINUE;
					}
					throw e;
				}
			});
		} catch (IOException e) {
			throw new PluginException(from + " cannot be listed: " + reason(e) + ".", e);
		}
		Collections.sort(names);
		return names;
	}

	@Override
	public void delete(String name) throws PluginException {
		Path file = path(name);
		try {
			if (Files.isDirectory(file)) {
				return;
			}
			if (Files.deleteIfExists(file)) {
				force(file.getParent());
				removeEmpty(file.getParent());
			}
		} catch (IOException e) {
			if (Files.exists(file)) {
				throw new PluginException(file + " cannot be removed: " + reason(e) + ".", e);
			}
		}
	}

	/** So that an object may take the name that was a folder of others. */
	private void removeEmpty(Path folder) throws IOException {
		for (Path at = folder; !at.equals(root) && at.startsWith(root); at = at.getParent()) {
			try {
				Files.deleteIfExists(at);
			} catch (DirectoryNotEmptyException e) {
				return;
			}
		}
	}

	private static String reason(IOException e) {
		if (e instanceof AccessDeniedException) {
			return "access to " + e.getMessage() + " is denied";
		}
		if (e instanceof NoSuchFileException) {
			return e.getMessage() + " is not there";
		}
		if (e instanceof FileAlreadyExistsException) {
			return e.getMessage() + " is an object, so that it cannot hold others";
		}
		if (e instanceof AtomicMoveNotSupportedException) {
			return "this file system cannot rename in one step";
		}
		String text = e.getMessage() == null ? e.toString() : e.getMessage();
		return text.contains("No space left") || text.contains("quota exceeded") ? "the disk is full (" + text + ")"
				: text.contains("Is a directory") ? "other objects lie below its name" : text;
	}

	@Override
	public void close() {
		// nothing is kept open
	}
}
