// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.calendar;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.github.mangstadt.vinnie.VObjectProperty;
import com.github.mangstadt.vinnie.io.Context;
import com.github.mangstadt.vinnie.io.SyntaxRules;
import com.github.mangstadt.vinnie.io.VObjectDataListener;
import com.github.mangstadt.vinnie.io.VObjectReader;
import com.github.mangstadt.vinnie.io.Warning;

/** The events of an iCalendar file as their properties, each with its line. */
final class IcsLines {
	private static final String CALENDAR = "VCALENDAR";
	private static final String EVENT = "VEVENT";

	/**
	 * A property.
	 *
	 * @param line  of the file, from 1
	 * @param name  in capitals
	 * @param zone  its TZID; empty for none
	 * @param value as it is written, lines joined
	 * @param whole name and parameters included
	 */
	record Property(int line, String name, String zone, String value, VObjectProperty whole) {
	}

	/**
	 * An event.
	 *
	 * @param line       where it begins
	 * @param properties in the order of the file; those of alarms are left out
	 */
	record Component(int line, List<Property> properties) {
		/** The first property of a name; {@code null} for none. */
		Property first(String name) {
			return properties.stream().filter(property -> property.name().equals(name)).findFirst().orElse(null);
		}

		/** All properties of a name. */
		List<Property> all(String name) {
			return properties.stream().filter(property -> property.name().equals(name)).toList();
		}
	}

	private final List<Component> events = new ArrayList<>();
	private final List<Property> calendar = new ArrayList<>();
	private final List<String> open = new ArrayList<>();
	private boolean any;
	private IcsException problem;

	private IcsLines() {
	}

	/** The events, in the order of the file. */
	List<Component> events() {
		return events;
	}

	/** The properties of the calendar itself. */
	List<Property> calendar() {
		return calendar;
	}

	/**
	 * @param text of a file
	 * @throws IcsException when the file is none, is cut off, or nests wrongly
	 */
	static IcsLines read(String text) throws IcsException {
		IcsLines lines = new IcsLines();
		try (VObjectReader reader = new VObjectReader(new StringReader(text), SyntaxRules.iCalendar())) {
			reader.parse(lines.new Listener());
		} catch (IOException e) {
			throw new IcsException(0, "", "cannot be read: " + e.getMessage());
		}
		if (lines.problem != null) {
			throw lines.problem;
		}
		if (!lines.any) {
			throw new IcsException(1, "", "This is no iCalendar file: it does not begin with BEGIN:VCALENDAR.");
		}
		if (!lines.open.isEmpty()) {
			throw new IcsException((int) text.lines().count(), "", "The file is cut off: END:" + lines.open.getLast() + " is missing.");
		}
		return lines;
	}

	private final class Listener implements VObjectDataListener {
		@Override
		public void onComponentBegin(String name, Context context) {
			String upper = name.toUpperCase(Locale.ROOT);
			any |= upper.equals(CALENDAR) && open.isEmpty();
			if (upper.equals(EVENT)) {
				events.add(new Component(context.getLineNumber(), new ArrayList<>()));
				if (!inside(CALENDAR)) {
					fail(context, "BEGIN", "An event stands outside of a calendar.");
				}
			}
			open.add(upper);
		}

		@Override
		public void onComponentEnd(String name, Context context) {
			if (!inside(name.toUpperCase(Locale.ROOT))) {
				fail(context, "END", "END:" + name + " ends what is not open" + (open.isEmpty() ? "." : "; END:" + open.getLast() + " is due."));
				return;
			}
			open.removeLast();
		}

		@Override
		public void onProperty(VObjectProperty property, Context context) {
			String zone = property.getParameters().first("TZID");
			Property line = new Property(context.getLineNumber(), property.getName().toUpperCase(Locale.ROOT), zone == null ? "" : zone,
					property.getValue(), property);
			if (inside(EVENT)) {
				events.getLast().properties().add(line);
			} else if (inside(CALENDAR)) {
				calendar.add(line);
			}
		}

		@Override
		public void onVersion(String value, Context context) {
			if (!value.equals("2.0")) {
				fail(context, "VERSION", "iCalendar " + value + " is not read; 2.0 is.");
			}
		}

		@Override
		public void onWarning(Warning warning, VObjectProperty property, Exception cause, Context context) {
			if (any && warning != Warning.UNKNOWN_CHARSET) {
				fail(context, property == null ? "" : property.getName(), warning.getMessage());
			}
		}

		private boolean inside(String name) {
			return !open.isEmpty() && open.getLast().equals(name);
		}

		private void fail(Context context, String property, String reason) {
			if (problem == null) {
				problem = new IcsException(context.getLineNumber(), property, reason);
			}
			context.stop();
		}
	}
}
