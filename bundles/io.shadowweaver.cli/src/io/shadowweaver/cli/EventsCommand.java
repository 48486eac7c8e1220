// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

import io.shadowweaver.api.metric.Event;
import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.engine.calendar.CalendarBook;
import io.shadowweaver.engine.calendar.CalendarEntry;
import io.shadowweaver.engine.calendar.ImportOptions;
import io.shadowweaver.platform.ShadowPlatform;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weave events}: the calendar of an estate. A running estate over the same directory takes a change in at its next tick. */
@Command(name = "events", mixinStandardHelpOptions = true,
		description = "The operator's calendar of an estate: holidays, launches, deployments. A running estate takes a change in at its next tick.")
final class EventsCommand implements Runnable {
	@Spec
	private CommandSpec spec;

	@Override
	public void run() {
		throw new ParameterException(spec.commandLine(), "One of list, add, import and remove is needed.");
	}

	/** Which calendar. */
	static final class Place {
		@Option(names = "--data", required = true, paramLabel = "DIRECTORY", description = "The directory that 'serve --data' or the workbench keeps its estates in.")
		private Path data;
		@Option(names = "--estate", required = true, paramLabel = "ID", description = "The id of the estate.")
		private String estate;

		CalendarBook book() throws PluginException {
			Path directory = ShadowPlatform.directoryOf(data, estate);
			if (!Files.isDirectory(directory)) {
				throw new PluginException("There is no estate " + estate + " in " + data + known(directory.getParent()));
			}
			CalendarBook book = new CalendarBook(directory, () -> {
				// who else watches the file sees it
			});
			book.refresh();
			return book;
		}

		private static String known(Path estates) {
			try (Stream<Path> all = Files.list(estates)) {
				return "; there are: " + all.map(estate -> estate.getFileName().toString()).sorted().collect(Collectors.joining(", ")) + ".";
			} catch (IOException e) {
				return ".";
			}
		}
	}

	/** What is taken for what a file or a command line does not say. */
	static final class Defaults {
		@Option(names = "--kind", defaultValue = "note", description = "deployment, holiday, launch, incident or note (default: ${DEFAULT-VALUE}).")
		private Event.Kind kind;
		@Option(names = "--subject", defaultValue = "", paramLabel = "ID", description = "The resource or group:ID that it concerns (default: the whole estate).")
		private String subject;
		@Option(names = "--known", paramLabel = "TIME", description = "Since when it is known: forecasts and back-tests before it do without (default: now).")
		private Optional<Instant> known = Optional.empty();

		Instant known() {
			return known.orElseGet(Clock.systemUTC()::instant);
		}
	}

	@Command(name = "list", description = "Prints the events of a time as CSV; with --entries what is entered, with its ids.")
	int list(@Mixin Place place, @Option(names = "--entries", description = "Entries instead of their occurrences.") boolean entries,
			@Option(names = "--from", paramLabel = "TIME", description = "Default: now.") Optional<Instant> from,
			@Option(names = "--to", paramLabel = "TIME", description = "Default: 90 days later.") Optional<Instant> to) throws PluginException, IOException {
		CalendarBook book = place.book();
		if (entries) {
			CSVPrinter csv = csv("id", "kind", "start", "zone", "duration", "subject", "text", "known", "rule", "except");
			for (CalendarEntry entry : book.calendar().entries()) {
				csv.printRecord(entry.id(), entry.kind(), entry.allDay() ? entry.start().toLocalDate() : entry.start(), entry.zone(), entry.duration(), entry.subject(),
						entry.text(), entry.known(), entry.rule(), entry.except().stream().sorted().map(Object::toString).collect(Collectors.joining(" ")));
			}
			csv.flush();
			return 0;
		}
		Instant begin = from.orElseGet(Clock.systemUTC()::instant);
		CSVPrinter csv = csv("time", "end", "kind", "subject", "text", "known");
		for (Event event : book.calendar().events(begin, to.orElse(begin.plus(Duration.ofDays(90))), Instant.MAX)) {
			csv.printRecord(event.time(), event.time().plus(event.duration()), event.kind(), event.subject(), event.text(), event.known());
		}
		csv.flush();
		return 0;
	}

	private CSVPrinter csv(String... header) throws IOException {
		return new CSVPrinter(spec.commandLine().getOut(), CSVFormat.RFC4180.builder().setHeader(header).setRecordSeparator("\n").get());
	}

	@Command(name = "add", description = "Enters an event.")
	int add(@Mixin Place place, @Mixin Defaults defaults, @Option(names = "--time", required = true, description = "When it begins.") Instant time,
			@Option(names = "--duration", defaultValue = "PT0S", description = "How long it lasts, such as PT2H (default: a moment).") Duration duration,
			@Parameters(paramLabel = "TEXT", description = "One line for the operator.") String text) throws PluginException {
		if (duration.isNegative()) {
			throw new PluginException("--duration must not be negative: " + duration);
		}
		CalendarEntry entry = CalendarEntry.of(new Event(defaults.kind, time, duration, defaults.subject, text, defaults.known()));
		place.book().add(List.of(entry));
		out().println(entry.id());
		return 0;
	}

	@Command(name = "import", description = "Takes in iCalendar files, all of them or, where one is wrong, none.")
	int importFiles(@Mixin Place place, @Mixin Defaults defaults,
			@Option(names = "--zone", paramLabel = "ZONE", description = "Of days and times in a calendar that names no zone (default: the system's).") Optional<ZoneId> zone,
			@Parameters(paramLabel = "FILE", arity = "1..*", description = "Files by the name .ics.") List<Path> files) throws PluginException {
		int count = place.book().importFiles(files, new ImportOptions(defaults.kind, defaults.subject, zone.orElseGet(ZoneId::systemDefault), defaults.known())).size();
		out().println(count + (count == 1 ? " entry." : " entries."));
		return 0;
	}

	@Command(name = "remove", description = "Removes entries by their ids, which 'list --entries' prints.")
	int remove(@Mixin Place place, @Parameters(paramLabel = "ID", arity = "1..*") List<String> ids) throws PluginException {
		int count = place.book().remove(ids);
		if (count == 0) {
			throw new PluginException("No entry has the id " + String.join(" or ", ids) + ".");
		}
		out().println(count + " removed.");
		return CommandLine.ExitCode.OK;
	}

	private PrintWriter out() {
		return spec.commandLine().getOut();
	}
}
