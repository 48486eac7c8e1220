// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.preferences;

import java.util.List;
import java.util.Map;

import org.eclipse.jface.preference.PreferencePage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPreferencePage;

import io.shadowweaver.server.ServerSettings;
import io.shadowweaver.ui.serve.EmbeddedServer;
import io.shadowweaver.ui.serve.EmbeddedServer.Condition;
import io.shadowweaver.ui.serve.EmbeddedServer.State;

/** The API of the workbench: whether and where it listens, whom it answers, and how much. What is applied holds at once. */
public final class ServerPage extends PreferencePage implements IWorkbenchPreferencePage {
	private static final int LINES = 3;

	private final SettingsFields fields = new SettingsFields(this::validate);
	private EmbeddedServer server;
	private ScrolledForm form;
	private Button on;
	private Button autoscaling;
	private Label condition;
	private Label reach;
	private ServerKeysPart keys;
	private Runnable unlisten = () -> {
	};

	@Override
	public void init(IWorkbench workbench) {
		server = workbench.getService(EmbeddedServer.class);
		setDescription("The estates of this workbench for other tools: REST, streams, Prometheus, KEDA, MCP. The same as 'weave serve' with the section server of weave.yaml.");
	}

	@Override
	protected Control createContents(Composite parent) {
		form = new ScrolledForm(parent);
		Composite all = form.body();
		Map<String, String> texts = ServerForm.texts(server.settings());
		on = check(all, "Answer requests", server.isOn(), "Off until it is switched on");
		condition = SettingsFields.words(all, "");
		SettingsFields.heading(all, "Where it listens");
		fields.add(all, ServerForm.ADDRESS, "Address", texts.get(ServerForm.ADDRESS), "an address of this machine", "Another one than loopback needs TLS and somebody who is known");
		fields.add(all, List.of(ServerForm.PORT), texts);
		fields.add(all, ServerForm.NAMES, "Other names", texts.get(ServerForm.NAMES), "such as behind a proxy", "How else this server may be called in requests; parted by commas");
		reach = SettingsFields.words(all, "");
		SettingsFields.heading(all, "Keys");
		keys = new ServerKeysPart(all, server, this::said);
		fields.add(all, ServerForm.ANONYMOUS, "Without a key", texts.get(ServerForm.ANONYMOUS), "read, operate, approve, provision, admin; empty for nothing", "What somebody on this machine may do without a key");
		SettingsFields.heading(all, "TLS");
		ServerForm.TLS.forEach(field -> file(all, field, texts));
		fields.tall(all, ServerForm.CLIENTS, "Subjects of clients", texts.get(ServerForm.CLIENTS), "By subject of a client's certificate what it may do, a line each: CN=grafana,O=Ops: read", LINES);
		SettingsFields.heading(all, "Tokens of an OpenID provider");
		ServerForm.OIDC.forEach(field -> fields.add(all, field.key(), field.label(), texts.get(field.key()), field.hint(), field.tip()));
		fields.tall(all, ServerForm.SCOPES, "Values of the claim", texts.get(ServerForm.SCOPES), "By value of the claim what it allows, a line each: operators: read, operate; empty where the values are scopes", LINES);
		SettingsFields.heading(all, "Limits");
		fields.add(all, ServerForm.LIMITS, texts);
		SettingsFields.heading(all, "Autoscalers of others");
		autoscaling = check(all, "Answer KEDA and Kubernetes", Boolean.parseBoolean(texts.get(ServerForm.AUTOSCALING)), "The external scaler of KEDA, and external metrics of Kubernetes");
		fields.add(all, ServerForm.SCALERS, texts);
		Display display = parent.getDisplay();
		unlisten = server.listen(() -> {
			if (!display.isDisposed()) {
				display.asyncExec(this::conditionChanged);
			}
		});
		validate();
		conditionChanged();
		return form.control();
	}

	private Button check(Composite parent, String label, boolean selected, String tip) {
		Button button = new Button(parent, SWT.CHECK);
		button.setText(label);
		button.setToolTipText(tip);
		button.setSelection(selected);
		button.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false, 3, 1));
		button.addListener(SWT.Selection, event -> validate());
		return button;
	}

	private void file(Composite parent, ServerForm.Field field, Map<String, String> texts) {
		fields.add(parent, field.key(), field.label(), texts.get(field.key()), field.hint(), field.tip());
		new Label(parent, SWT.NONE);
		Button browse = new Button(parent, SWT.PUSH);
		browse.setText("Browse…");
		browse.setToolTipText(field.label());
		browse.addListener(SWT.Selection, event -> {
			String chosen = new FileDialog(getShell(), SWT.OPEN).open();
			if (chosen != null) {
				fields.set(Map.of(field.key(), chosen));
			}
		});
		new Label(parent, SWT.NONE);
	}

	private ServerSettings read() {
		return ServerForm.read(key -> key.equals(ServerForm.AUTOSCALING) ? String.valueOf(autoscaling.getSelection()) : fields.text(key));
	}

	private void validate() {
		String problem = null;
		try {
			reach.setText(ServerForm.reach(read()));
		} catch (IllegalArgumentException e) {
			problem = e.getMessage();
			reach.setText(problem);
		}
		setErrorMessage(problem);
		setValid(problem == null);
		form.fit();
	}

	private void said(String sentence) {
		setMessage(sentence, WARNING);
	}

	private void conditionChanged() {
		if (condition.isDisposed()) {
			return;
		}
		Condition now = server.condition();
		condition.setText(now.sentence());
		setMessage(now.state() == State.FAILED ? now.sentence() : null, WARNING);
		form.fit();
	}

	@Override
	protected void performDefaults() {
		on.setSelection(false);
		autoscaling.setSelection(ServerSettings.LOOPBACK.autoscaling().enabled());
		Map<String, String> usual = ServerForm.texts(ServerSettings.LOOPBACK);
		usual.remove(ServerForm.AUTOSCALING);
		fields.set(usual);
		validate();
		super.performDefaults();
	}

	@Override
	public boolean performOk() {
		if (condition == null) {
			return true;
		}
		ServerSettings wanted = read();
		boolean failed = on.getSelection() && server.condition().state() == State.FAILED;
		if (failed || on.getSelection() != server.isOn() || !wanted.equals(server.settings())) {
			server.apply(on.getSelection(), wanted);
		}
		return true;
	}

	@Override
	public void dispose() {
		unlisten.run();
		super.dispose();
	}
}
