// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.wizard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.shadowweaver.api.plugin.Parameter;
import io.shadowweaver.api.plugin.ParameterType;

class ConnectionWizardTest {
	private Shell shell;

	@BeforeEach
	void open() {
		shell = new Shell(Display.getDefault());
	}

	@AfterEach
	void close() {
		shell.dispose();
	}

	@Test
	void theFormIsMadeOfTheDeclaredParametersAndSaysWhatIsWrong() {
		int[] changes = { 0 };
		ParameterForm form = new ParameterForm(shell, List.of(new Parameter("file", "File", ParameterType.FILE, "", "", true, false, "The file."),
				new Parameter("step", "Step", ParameterType.DURATION, "", "60s", true, false, "The step."),
				new Parameter("fast", "Fast", ParameterType.BOOLEAN, "", "true", false, false, "Whether it is fast."),
				new Parameter("token", "Token", ParameterType.STRING, "", "", false, true, "Is never shown.")), () -> changes[0]++);
		assertEquals(Map.of("file", "", "step", "60s", "fast", "true", "token", ""), form.values());
		assertTrue(form.problem().orElseThrow().contains("File (file) is required"), form.problem().toString());
		form.set("file", "/tmp/trace.csv");
		assertFalse(form.problem().isPresent());
		form.set("step", "sixty");
		assertTrue(form.problem().orElseThrow().contains("'sixty' is not of type duration"), form.problem().toString());
		assertTrue(changes[0] >= 2);
	}

	@Test
	void aConnectionThatIsChangedKeepsTheSecretThatIsLeftBlank() {
		ParameterForm form = new ParameterForm(shell, List.of(new Parameter("url", "Address", ParameterType.URL, "", "", true, false, "The address."),
				new Parameter("password", "Password", ParameterType.STRING, "", "", true, true, "Is never shown.")), () -> {
					// nothing follows it here
				});
		form.set("url", "http://a");
		assertTrue(form.problem().orElseThrow().contains("Password (password) is required"), form.problem().toString());
		form.change(Map.of("url", "http://b", "groups", "has no field here"));
		assertEquals(Map.of("url", "http://b", "password", ""), form.values());
		assertFalse(form.problem().isPresent());
		form.set("url", "");
		assertTrue(form.problem().isPresent());
	}
}
