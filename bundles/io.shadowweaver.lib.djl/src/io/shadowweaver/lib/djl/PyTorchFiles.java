// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.lib.djl;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

import org.eclipse.core.runtime.FileLocator;

/**
 * Where PyTorch's natives are for this platform, and the settings that make the Deep Java Library use them. They come in a fragment a
 * platform, in the layout of DJL's own jars. A fragment that lies unpacked in the product is used where it is; natives in a jar on a plain
 * class path are unpacked by DJL into its cache.
 */
public final class PyTorchFiles {
	/** The system property that names a folder with PyTorch's natives, which is then used instead of the product's. */
	public static final String FOLDER = "shadowweaver.pytorch";

	private PyTorchFiles() {
	}

	/**
	 * Looks for the natives, without loading anything.
	 *
	 * @return why PyTorch cannot work here, as a sentence; empty when its natives are there
	 */
	public static Optional<String> missing() {
		String folder = System.getProperty(FOLDER);
		if (folder != null) {
			return Files.isRegularFile(Path.of(folder, library())) ? Optional.empty()
					: Optional.of("There is no " + library() + " in " + folder + ", which -D" + FOLDER + " names.");
		}
		return bundled() != null ? Optional.empty()
				: Optional.of("This product has no PyTorch for " + System.getProperty("os.name") + " on " + System.getProperty("os.arch") + ".");
	}

	/**
	 * Sets what DJL reads when its engine is loaded: no network, one thread, the natives and the cache. What the operator has set stays.
	 *
	 * @throws IOException when the folder of the natives cannot be found out
	 */
	public static void configure() throws IOException {
		setDefault("ai.djl.offline", "true");
		setDefault("OPT_OUT_TRACKING", "true");
		setDefault("ai.djl.pytorch.num_threads", "1");
		setDefault("ai.djl.pytorch.num_interop_threads", "1");
		setDefault("ai.djl.pytorch.graph_optimizer", "false");
		if (System.getenv("DJL_CACHE_DIR") == null) {
			setDefault("DJL_CACHE_DIR", cache().toString());
		}
		String folder = System.getProperty(FOLDER);
		if (folder != null) {
			use(folder);
			return;
		}
		URL bundled = bundled();
		if (bundled != null) {
			URL file = FileLocator.toFileURL(bundled);
			if ("file".equals(file.getProtocol())) {
				// the URL of a bundle's folder has its spaces unescaped
				use(Path.of(URI.create(file.toString().replace(" ", "%20"))).toString());
			}
		}
	}

	private static void use(String folder) {
		System.setProperty("PYTORCH_LIBRARY_PATH", folder);
		// for a folder DJL would guess another build of its bridge
		setDefault("PYTORCH_FLAVOR", "cpu");
	}

	private static void setDefault(String key, String value) {
		if (System.getProperty(key) == null) {
			System.setProperty(key, value);
		}
	}

	/** The instance area keeps what one workbench or command writes; without one, as in tests, it is the folder for temporary files. */
	private static Path cache() {
		String instance = System.getProperty("osgi.instance.area", "");
		return instance.startsWith("file:") ? Path.of(instance.substring("file:".length()), ".djl")
				: Path.of(System.getProperty("java.io.tmpdir"), "shadowweaver-djl-" + System.getProperty("user.name"));
	}

	private static URL bundled() {
		String folder = "pytorch/cpu/" + classifier() + "/";
		ClassLoader loader = PyTorchFiles.class.getClassLoader();
		return loader.getResource(folder + library()) == null ? null : loader.getResource(folder);
	}

	private static String library() {
		return System.mapLibraryName("torch");
	}

	private static String classifier() {
		String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
		String architecture = System.getProperty("os.arch");
		return (system.startsWith("win") ? "win" : system.startsWith("mac") ? "osx" : system) + "-"
				+ (architecture.equals("amd64") ? "x86_64" : architecture);
	}
}
