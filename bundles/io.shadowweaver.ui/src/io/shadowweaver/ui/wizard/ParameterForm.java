// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.wizard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.DirectoryDialog;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;

import io.shadowweaver.api.plugin.Parameter;
import io.shadowweaver.api.plugin.ParameterType;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.plugin.Settings;

/** Fields made from declared parameters. UI thread. */
final class ParameterForm {
	private static final int LINES = 4;
	/** Stands for a secret that is not shown, when the rest is checked. */
	private static final String KEPT = "kept";

	private final Composite composite;
	private final List<Parameter> parameters;
	private final Runnable changed;
	private boolean keepsSecrets;
	private final Map<String, Supplier<String>> readers = new LinkedHashMap<>();
	private final Map<String, Consumer<String>> writers = new LinkedHashMap<>();

	ParameterForm(Composite parent, List<Parameter> parameters, Runnable changed) {
		this.parameters = List.copyOf(parameters);
		this.changed = changed;
		composite = new Composite(parent, SWT.NONE);
		composite.setLayout(new GridLayout(3, false));
		parameters.forEach(this::field);
	}

	Composite control() {
		return composite;
	}

	private void field(Parameter parameter) {
		boolean tall = parameter.type() == ParameterType.TEXT;
		if (parameter.type() == ParameterType.BOOLEAN) {
			checkBox(parameter);
			return;
		}
		Label label = new Label(composite, SWT.NONE);
		label.setText(parameter.label() + (parameter.required() ? " *" : "") + ":");
		label.setToolTipText(parameter.help());
		label.setLayoutData(new GridData(SWT.BEGINNING, tall ? SWT.BEGINNING : SWT.CENTER, false, false));
		int style = tall ? SWT.MULTI | SWT.V_SCROLL | SWT.H_SCROLL : parameter.secret() ? SWT.PASSWORD : SWT.SINGLE;
		Text text = new Text(composite, style | SWT.BORDER);
		GridData wide = new GridData(SWT.FILL, SWT.CENTER, true, false);
		wide.widthHint = 320;
		if (tall) {
			wide.heightHint = LINES * text.getLineHeight();
		}
		text.setLayoutData(wide);
		text.setText(parameter.defaultValue());
		text.setToolTipText(parameter.help());
		text.setMessage(example(parameter));
		text.addListener(SWT.Modify, event -> changed.run());
		readers.put(parameter.key(), text::getText);
		writers.put(parameter.key(), text::setText);
		behind(parameter, text);
		help(parameter, text);
	}

	private static String example(Parameter parameter) {
		return switch (parameter.type()) {
		case DURATION -> "such as 90s, 5m, 2h or 14d";
		case URL -> "http://…";
		case INTEGER, NUMBER -> "a number";
		default -> "";
		};
	}

	private void behind(Parameter parameter, Text text) {
		boolean folder = parameter.type() == ParameterType.DIRECTORY;
		if (!folder && parameter.type() != ParameterType.FILE) {
			new Label(composite, SWT.NONE).setText(parameter.unit());
			return;
		}
		Button browse = new Button(composite, SWT.PUSH);
		browse.setText("Browse…");
		browse.addListener(SWT.Selection, event -> {
			String chosen = folder ? new DirectoryDialog(composite.getShell()).open() : new FileDialog(composite.getShell(), SWT.OPEN).open();
			if (chosen != null) {
				text.setText(chosen);
			}
		});
	}

	private void checkBox(Parameter parameter) {
		new Label(composite, SWT.NONE);
		Button box = new Button(composite, SWT.CHECK);
		box.setText(parameter.label());
		box.setToolTipText(parameter.help());
		box.setSelection(Boolean.parseBoolean(parameter.defaultValue()));
		box.addListener(SWT.Selection, event -> changed.run());
		box.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1));
		readers.put(parameter.key(), () -> Boolean.toString(box.getSelection()));
		writers.put(parameter.key(), value -> box.setSelection(Boolean.parseBoolean(value)));
		help(parameter, box);
	}

	/** The help is read by assistive technology, and stands under a field that must be filled. */
	private void help(Parameter parameter, Control field) {
		field.getAccessible().addAccessibleListener(new org.eclipse.swt.accessibility.AccessibleAdapter() {
			@Override
			public void getHelp(org.eclipse.swt.accessibility.AccessibleEvent event) {
				event.result = parameter.help();
			}
		});
		if (parameter.required() && parameter.defaultValue().isEmpty() || parameter.type() == ParameterType.TEXT) {
			new Label(composite, SWT.NONE);
			Label sentence = new Label(composite, SWT.WRAP);
			sentence.setText(parameter.help());
			GridData wide = new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1);
			wide.widthHint = 320;
			sentence.setLayoutData(wide);
		}
	}

	/** What is filled in, by key. */
	Map<String, String> values() {
		Map<String, String> values = new LinkedHashMap<>();
		readers.forEach((key, reader) -> values.put(key, reader.get()));
		return values;
	}

	/** Fills in what a connection has that is changed: a secret that is left blank stays as it was. */
	void change(Map<String, String> settings) {
		keepsSecrets = true;
		settings.forEach((key, value) -> {
			if (writers.containsKey(key)) {
				set(key, value);
			}
		});
	}

	/** Fills in a value. */
	void set(String key, String value) {
		Consumer<String> writer = writers.get(key);
		if (writer == null) {
			throw new IllegalArgumentException("there is no field '" + key + "'");
		}
		writer.accept(value);
	}

	/** What is wrong with what is filled in, in a sentence; empty where nothing is. */
	Optional<String> problem() {
		try {
			Map<String, String> values = values();
			if (keepsSecrets) {
				parameters.stream().filter(one -> one.secret() && one.required() && values.get(one.key()).isBlank())
						.forEach(one -> values.put(one.key(), KEPT));
			}
			Settings.of(parameters, values);
			return Optional.empty();
		} catch (PluginException e) {
			return Optional.of(e.getMessage());
		}
	}
}
