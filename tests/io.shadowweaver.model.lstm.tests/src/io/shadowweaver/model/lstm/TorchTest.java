// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.model.lstm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;
import io.shadowweaver.lib.djl.PyTorchFiles;

/** What is said where PyTorch is not there. Each test has the classes anew, since they load it once in a process. */
class TorchTest {
	private static final String OVERRIDE = "PYTORCH_LIBRARY_PATH";
	private static final String FLAVOR = "PYTORCH_FLAVOR";

	@TempDir
	Path folder;
	private String folderBefore;
	private String overrideBefore;
	private String flavorBefore;

	@BeforeEach
	void keepProperties() {
		folderBefore = System.getProperty(PyTorchFiles.FOLDER);
		overrideBefore = System.getProperty(OVERRIDE);
		flavorBefore = System.getProperty(FLAVOR);
		System.setProperty(PyTorchFiles.FOLDER, folder.toString());
	}

	@AfterEach
	void restoreProperties() {
		restore(PyTorchFiles.FOLDER, folderBefore);
		restore(OVERRIDE, overrideBefore);
		restore(FLAVOR, flavorBefore);
	}

	private static void restore(String key, String value) {
		if (value == null) {
			System.clearProperty(key);
		} else {
			System.setProperty(key, value);
		}
	}

	/** Defines the classes of the model and of DJL anew. */
	private static final class Anew extends ClassLoader {
		Anew() {
			super(TorchTest.class.getClassLoader());
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (!name.startsWith("io.shadowweaver.model.lstm.") && !name.startsWith("io.shadowweaver.lib.djl.") && !name.startsWith("ai.djl.")) {
				return super.loadClass(name, resolve);
			}
			synchronized (getClassLoadingLock(name)) {
				Class<?> loaded = findLoadedClass(name);
				if (loaded != null) {
					return loaded;
				}
				try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
					if (in == null) {
						throw new ClassNotFoundException(name);
					}
					byte[] bytes = in.readAllBytes();
					return defineClass(name, bytes, 0, bytes.length);
				} catch (IOException e) {
					throw new ClassNotFoundException(name, e);
				}
			}
		}
	}

	private static Throwable failure(Class<?> torch, String method) throws ReflectiveOperationException {
		Method call = torch.getDeclaredMethod(method);
		call.setAccessible(true);
		return assertThrows(InvocationTargetException.class, () -> call.invoke(null)).getCause();
	}

	private static void assertNoModel(ClassLoader loader, String reason) throws ReflectiveOperationException, PluginException {
		Object factory = loader.loadClass(LstmFactory.class.getName()).getConstructor().newInstance();
		Method create = factory.getClass().getMethod("create", Settings.class);
		Settings settings = LstmSettings.of(java.util.Map.of());
		Throwable refused = assertThrows(InvocationTargetException.class, () -> create.invoke(factory, settings)).getCause();
		assertEquals(PluginException.class, refused.getClass());
		assertTrue(refused.getMessage().startsWith("The LSTM is not available: ") && refused.getMessage().contains(reason), refused.getMessage());
	}

	@Test
	void aFolderWithoutNativesIsNamed() throws Exception {
		assertNoModel(new Anew(), folder.toString());
	}

	@Test
	void aLibraryThatCannotBeLoadedIsNoCrash() throws Exception {
		Files.writeString(folder.resolve(System.mapLibraryName("torch")), "no library at all");
		ClassLoader anew = new Anew();
		Class<?> torch = anew.loadClass(Torch.class.getName());
		Throwable failed = failure(torch, "engine");
		assertEquals(PluginException.class, failed.getClass(), () -> String.valueOf(failed));
		assertTrue(failed.getMessage().contains("cannot be loaded"), failed.getMessage());
		assertNoModel(anew, "cannot be loaded");
	}
}
