// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Map;

import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.dialogs.PreferencesUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.shadowweaver.platform.DefaultEstates;
import io.shadowweaver.platform.ShadowPlatform;
import io.shadowweaver.server.ServerSettings;
import io.shadowweaver.ui.core.PlatformBackend;
import io.shadowweaver.ui.serve.EmbeddedServer;
import io.shadowweaver.ui.serve.EmbeddedServer.State;

/** The API of the workbench, from its page to a request that is answered. */
class ServerWindowTest extends FleetWindow {
	private final EmbeddedServer server = PlatformUI.getWorkbench().getService(EmbeddedServer.class);
	private Shell shell;

	@AfterEach
	void off() throws IOException {
		server.apply(false, ServerSettings.LOOPBACK);
		pump(() -> server.condition().state() == State.OFF, "it does not stop");
		server.keys().orElseThrow().revoke("grafana");
		if (shell != null) {
			shell.close();
		}
	}

	private void openPage() {
		var dialog = PreferencesUtil.createPreferenceDialogOn(page.getWorkbenchWindow().getShell(), "io.shadowweaver.ui.preferences.server", null, null);
		dialog.setBlockOnOpen(false);
		dialog.open();
		shell = dialog.getShell();
	}

	private Button button(String text) {
		return all(shell, Button.class).stream().filter(one -> one.getText().replace("&", "").equals(text)).findFirst().orElseThrow(() -> new AssertionError("no button " + text));
	}

	private void says(String begin) {
		pump(() -> all(shell, Label.class).stream().anyMatch(label -> label.getText().startsWith(begin)),
				"'" + begin + "' is not said, but " + all(shell, Label.class).stream().map(Label::getText).toList());
	}

	private static int status(URI at, String key) throws Exception {
		return ask(at, key).statusCode();
	}

	private static HttpResponse<String> ask(URI at, String key) throws Exception {
		try (HttpClient client = HttpClient.newHttpClient()) {
			HttpRequest.Builder request = HttpRequest.newBuilder(at);
			if (!key.isEmpty()) {
				request.header("X-API-KEY", key);
			}
			return client.send(request.build(), BodyHandlers.ofString());
		}
	}

	@Test
	void itIsSwitchedOnWhereThePortIsFreeAndSaysSoWhereItIsTaken() throws Exception {
		ShadowPlatform platform = ShadowPlatform.open(directory.resolve("engine"));
		platform.open(DefaultEstates.simulated(1, Map.of("history", "1h")));
		estates.attach(PlatformBackend.over(platform));
		openPage();
		says("The API is off.");
		Text address = field(shell, "Address");
		address.setText("0.0.0.0");
		says("The API listens on this machine alone where it has no TLS: 0.0.0.0 is no loopback address.");
		assertFalse(button("Apply").isEnabled(), "it cannot be applied");
		address.setText("127.0.0.1");
		says("Only this machine can ask.");
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			field(shell, "Port").setText(String.valueOf(taken.getLocalPort()));
			button("Answer requests").setSelection(true);
			press(shell, "Apply");
			says("The API cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": Address already in use.");
		}
		press(shell, "Apply");
		says("The API answers at http://127.0.0.1:");
		URI estate = URI.create("http://127.0.0.1:" + field(shell, "Port").getText() + "/api/v1/estates");
		String listed = ask(estate, "").body();
		assertTrue(listed.contains(DefaultEstates.SIMULATED), listed);
		field(shell, "Without a key").setText("");
		press(shell, "Apply");
		pump(() -> server.settings().anonymous().isEmpty() && server.condition().state() == State.LISTENING, "it is not applied");
		assertEquals(401, status(estate, ""));
		String key = made();
		assertEquals(200, status(estate, key));
		Table table = all(shell, Table.class).stream().filter(one -> one.getColumnCount() == 4 && one.getColumn(1).getText().equals("May")).findFirst().orElseThrow();
		pump(() -> table.getItemCount() == 1, "the key is not listed");
		assertEquals("grafana read", table.getItem(0).getText(0) + " " + table.getItem(0).getText(1));
		assertFalse(Arrays.stream(table.getItems()).anyMatch(item -> item.getText(3).equals("never")));
		table.setSelection(0);
		table.notifyListeners(SWT.Selection, new Event());
		answer("OK");
		press(shell, "Revoke");
		pump(() -> table.getItemCount() == 0, "the key is still there");
		assertEquals(401, status(estate, key));
		button("Answer requests").setSelection(false);
		press(shell, "Apply");
		says("The API is off.");
	}

	/** Makes a key in its dialogs. */
	private String made() {
		String[] shown = new String[1];
		inDialog("New key", dialog -> {
			assertFalse(all(dialog, Button.class).stream().filter(one -> one.getText().equals("OK")).findFirst().orElseThrow().isEnabled(), "it has no name yet");
			field(dialog, "Name").setText("grafana");
			press(dialog, "OK");
		});
		inDialog("Key grafana", dialog -> {
			shown[0] = all(dialog, Text.class).getFirst().getText();
			press(dialog, "Copy");
			press(dialog, "Close");
		});
		press(shell, "New key…");
		pump(() -> shown[0] != null, "the key is not shown");
		assertNotNull(shown[0]);
		Clipboard clipboard = new Clipboard(display);
		assertEquals(shown[0], clipboard.getContents(TextTransfer.getInstance()));
		clipboard.dispose();
		return shown[0];
	}
}
