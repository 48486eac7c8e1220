// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.core;

import java.lang.reflect.Field;
import java.lang.reflect.Proxy;

import org.eclipse.core.runtime.preferences.IEclipsePreferences;

/** Palettes without a workbench, which the constructor would ask: dark, and all preferences at their defaults. */
public final class IdlePalettes {
	private IdlePalettes() {
	}

	/** The palettes. */
	public static Palettes create() throws ReflectiveOperationException {
		Field unsafe = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
		unsafe.setAccessible(true);
		Palettes palettes = (Palettes) unsafe.getType().getMethod("allocateInstance", Class.class).invoke(unsafe.get(null), Palettes.class);
		set(palettes, "listeners", new Listeners());
		set(palettes, "preferences", Proxy.newProxyInstance(Palettes.class.getClassLoader(), new Class<?>[] { IEclipsePreferences.class },
				(self, method, arguments) -> method.getName().startsWith("get") ? arguments[1] : null));
		set(palettes, "current", Palette.GREEN_RED_DARK);
		return palettes;
	}

	private static void set(Palettes palettes, String name, Object value) throws ReflectiveOperationException {
		Field field = Palettes.class.getDeclaredField(name);
		field.setAccessible(true);
		field.set(palettes, value);
	}
}
