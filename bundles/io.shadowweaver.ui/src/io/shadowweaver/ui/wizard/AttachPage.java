// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.wizard;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.client.ServerAddress;
import io.shadowweaver.ui.core.Servers;

/** Address, key, and by what the server is trusted, with a test of them. */
final class AttachPage extends WizardPage {
	private static final String EXPLANATION = "A server is 'weave serve'. Its estates are shown beside those of this workbench, and go on when it is closed.";

	private final Servers servers;
	private Text address;
	private Text key;
	private Text authority;
	private Text fingerprint;
	private Button test;
	private Job testing;

	AttachPage(Servers servers) {
		super("attach", "Attach to a server", null);
		this.servers = servers;
		setDescription(EXPLANATION);
	}

	@Override
	public void createControl(Composite parent) {
		Composite form = new Composite(parent, SWT.NONE);
		form.setLayout(new GridLayout(3, false));
		address = field(form, "&Address", "https://weave.example.com:8443", "Host and port of the server; without TLS only on this machine", SWT.BORDER, 2);
		key = field(form, "&Key", "sw_…", "As 'weave key add' has printed it there; kept in the secure storage alone. Commands need its scopes operate, approve and provision", SWT.BORDER | SWT.PASSWORD, 2);
		authority = field(form, "&Certificates", "those that Java trusts", "A PEM file with the authority of the server's certificate, or that certificate itself", SWT.BORDER, 1);
		Button browse = new Button(form, SWT.PUSH);
		browse.setText("&Browse…");
		browse.addListener(SWT.Selection, event -> browse());
		fingerprint = field(form, "or &fingerprint", "SHA-256 of the server's certificate", "64 hex digits, as 'openssl x509 -fingerprint -sha256' prints them: then no other certificate is trusted", SWT.BORDER, 2);
		new Label(form, SWT.NONE);
		test = new Button(form, SWT.PUSH);
		test.setText("&Test connection");
		test.addListener(SWT.Selection, event -> test());
		setControl(form);
		check();
		setErrorMessage(null);
	}

	private Text field(Composite form, String name, String hint, String help, int style, int columns) {
		new Label(form, SWT.NONE).setText(name + ":");
		Text text = new Text(form, style);
		text.setMessage(hint);
		text.setToolTipText(help);
		text.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false, columns, 1));
		text.addListener(SWT.Modify, event -> check());
		return text;
	}

	private void browse() {
		FileDialog dialog = new FileDialog(getShell(), SWT.OPEN);
		dialog.setFilterExtensions(new String[] { "*.pem;*.crt;*.cer", "*" });
		String file = dialog.open();
		if (file != null) {
			authority.setText(file);
		}
	}

	private void check() {
		String problem = "";
		try {
			address();
		} catch (IllegalArgumentException e) {
			problem = e.getMessage();
		}
		end();
		setMessage(null);
		setErrorMessage(problem.isEmpty() ? null : problem);
		setPageComplete(problem.isEmpty());
		test.setEnabled(problem.isEmpty());
	}

	/** What is typed now. */
	ServerAddress address() {
		return ServerAddress.parse(address.getText(), authority.getText(), fingerprint.getText());
	}

	/** The key that is typed. */
	String key() {
		return key.getText();
	}

	private void test() {
		if (testing != null) {
			testing.cancel();
			end();
			setMessage("The test was cancelled.", IMessageProvider.INFORMATION);
			return;
		}
		Display display = test.getDisplay();
		ServerAddress asked = address();
		String secret = key();
		setErrorMessage(null);
		setMessage("Asking " + asked.name() + " …");
		test.setText("Cancel &test");
		testing = new Job("Testing the connection to " + asked.name()) {
			@Override
			protected IStatus run(IProgressMonitor monitor) {
				String said;
				boolean good = true;
				try {
					said = servers.test(asked, secret);
				} catch (PluginException e) {
					said = e.getMessage();
					good = false;
				}
				boolean well = good;
				String sentence = said;
				if (!display.isDisposed()) {
					display.asyncExec(() -> tested(this, sentence, well));
				}
				return Status.OK_STATUS;
			}

			@Override
			protected void canceling() {
				Thread asking = getThread();
				if (asking != null) {
					asking.interrupt();
				}
			}
		};
		testing.schedule();
	}

	/** What a test finds out after it was cancelled is of no interest. */
	private void tested(Job job, String sentence, boolean well) {
		if (test.isDisposed() || testing != job) {
			return;
		}
		end();
		setErrorMessage(well ? null : sentence);
		setMessage(well ? sentence : null, IMessageProvider.INFORMATION);
	}

	private void end() {
		testing = null;
		test.setText("&Test connection");
	}

	@Override
	public void dispose() {
		if (testing != null) {
			testing.cancel();
		}
		super.dispose();
	}
}
