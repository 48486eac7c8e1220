// SPDX-License-Identifier: Apache-2.0

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** Converts public traces into {@code time,<resource>/<metric>[unit],…}. Run by {@code releng/trace}, without being compiled first. */
final class Trace {
	private static final String HELP = """
			releng/trace NAME [-o FILE]   write a trace to the standard output or a file
			releng/trace --list           the names, and whether their data is here
			--data DIR                    where the data lies; else $SHADOWWEAVER_DATA, else ../shared/data beside the project

			NAME   bitbrains-cpu, -mem, -net, -all       250 virtual machines, August 2013, 5 minutes; bitbrains-cpu/2 is one of them
			       bitbrains-hourly-cpu, -mem, -net, -all   the same machines, July to September 2013, hourly
			       worldcup98, nasa                     requests a minute of two web sites
			       alibaba                              a data centre's mean, 8 days, 5 minutes
			       gcd                                  1,600 tasks of a cluster, a day, 5 minutes; gcd/NAME is one of them
			       m4, m4-test                          414 hourly series and the 48 hours after each; m4/H1 is one of them
			       nab/FOLDER/FILE                      a series of the anomaly benchmark
			Where a trace has no times of its own they are made up: the first is that of its month, or of 2018-01-01 (alibaba), 2017-01-01 (m4).
			Exit code: 0 written, 2 wrong use, an unknown name or no data.
			""";

	/** Thrown with a sentence for the user. */
	private static final class Failure extends Exception {
		private static final long serialVersionUID = 1L;

		Failure(String sentence) {
			super(sentence);
		}
	}

	/** A column: its name in the header and its cells. */
	private record Column(String name, String[] cells) {
	}

	private final Path data;

	private Trace(Path data) {
		this.data = data;
	}

	public static void main(String[] arguments) throws IOException {
		try {
			run(arguments);
		} catch (Failure e) {
			System.err.println("trace: " + e.getMessage());
			System.exit(2);
		}
	}

	private static void run(String[] arguments) throws Failure, IOException {
		String name = null;
		Path out = null;
		Path data = Path.of(System.getProperty("shadowweaver.data", "../shared/data"));
		boolean list = false;
		for (int i = 0; i < arguments.length; i++) {
			switch (arguments[i]) {
			case "-h", "--help" -> {
				System.out.print(HELP);
				return;
			}
			case "--list" -> list = true;
			case "-o", "--data" -> {
				if (i + 1 == arguments.length) {
					throw new Failure(arguments[i] + " needs a path");
				}
				Path path = Path.of(arguments[i + 1]);
				if (arguments[i++].equals("-o")) {
					out = path;
				} else {
					data = path;
				}
			}
			default -> {
				if (arguments[i].startsWith("-") || name != null) {
					throw new Failure("'" + arguments[i] + "' is not understood; releng/trace --help");
				}
				name = arguments[i];
			}
			}
		}
		Trace trace = new Trace(data.toAbsolutePath().normalize());
		if (list) {
			trace.list();
		} else if (name == null) {
			throw new Failure("a name is needed; releng/trace --list shows them");
		} else {
			trace.convert(name, out);
		}
	}

	private void list() throws IOException {
		Map<String, String> folders = new LinkedHashMap<>();
		for (String span : List.of("bitbrains", "bitbrains-hourly")) {
			for (String what : List.of("cpu", "mem", "net", "all")) {
				folders.put(span + "-" + what + "[/VM]", "bitbrains");
			}
		}
		folders.put("worldcup98", "web");
		folders.put("nasa", "web");
		folders.put("alibaba", "dc");
		folders.put("gcd[/NAME]", "gcd");
		folders.put("m4[/ID]", "m4");
		folders.put("m4-test[/ID]", "m4");
		folders.forEach((name, folder) -> System.out.printf("%-28s %s%n", name, Files.isDirectory(data.resolve(folder)) ? "" : "(no data in " + data.resolve(folder) + ")"));
		Path nab = data.resolve("nab/data");
		if (!Files.isDirectory(nab)) {
			System.out.println("nab/FOLDER/FILE (no data in " + nab + ")");
			return;
		}
		try (var files = Files.walk(nab, 2)) {
			files.filter(file -> file.toString().endsWith(".csv")).sorted()
					.forEach(file -> System.out.println("nab/" + nab.relativize(file).toString().replaceFirst("\\.csv$", "")));
		}
	}

	private void convert(String name, Path out) throws Failure, IOException {
		int slash = name.indexOf('/');
		String set = slash < 0 ? name : name.substring(0, slash);
		String one = slash < 0 ? "" : name.substring(slash + 1);
		switch (set) {
		case "worldcup98" -> whole(name, set, one, out, worldcup());
		case "nasa" -> whole(name, set, one, out, nasa());
		case "alibaba" -> grid(Instant.parse("2018-01-01T00:00:00Z"), 300, pick(name, one, alibaba()), out);
		case "gcd" -> grid(Instant.parse("2011-05-01T00:00:00Z"), 300, pick(name, one, gcd(one)), out);
		case "m4", "m4-test" -> m4(name, set.equals("m4-test"), one, out);
		case "nab" -> write("time," + nabColumn(one), nab(one), out);
		default -> {
			if (!set.matches("bitbrains(-hourly)?-(cpu|mem|net|all)")) {
				throw new Failure("there is no trace '" + name + "'; releng/trace --list shows them");
			}
			boolean hourly = set.startsWith("bitbrains-hourly");
			List<Column> columns = pick(name, one.isEmpty() ? "" : "vm" + one.replaceFirst("^vm", ""), bitbrains(hourly, set.substring(set.lastIndexOf('-') + 1)));
			grid(Instant.parse(hourly ? "2013-07-01T00:00:00Z" : "2013-08-01T00:00:00Z"), hourly ? 3600 : 300, columns, out);
		}
		}
	}

	private static void whole(String name, String set, String one, Path out, List<String> rows) throws Failure, IOException {
		if (!one.isEmpty()) {
			throw new Failure("'" + name + "': " + set + " is a single series");
		}
		write("time," + set + "/requests[req/min]", rows, out);
	}

	private static List<Column> pick(String name, String one, List<Column> columns) throws Failure {
		List<Column> picked = columns.stream().filter(column -> one.isEmpty() || column.name().startsWith(one + "/")).toList();
		if (picked.isEmpty()) {
			String some = String.join(", ", columns.stream().map(column -> column.name().substring(0, column.name().indexOf('/'))).distinct().limit(5).toList());
			throw new Failure("there is no '" + name + "'; there are " + some + " …");
		}
		return picked;
	}

	/** All columns on one grid; a short column ends in empty cells, and the file with the last cell that is not empty. */
	private static void grid(Instant start, long step, List<Column> columns, Path out) throws Failure, IOException {
		int length = columns.stream().mapToInt(column -> column.cells().length).max().orElse(0);
		List<String> rows = new ArrayList<>();
		int end = 0;
		for (int i = 0; i < length; i++) {
			int at = i;
			StringBuilder row = new StringBuilder(start.plusSeconds(i * step).toString());
			for (Column column : columns) {
				row.append(',').append(i < column.cells().length ? column.cells()[i] : "");
			}
			rows.add(row.toString());
			if (columns.stream().anyMatch(column -> filled(column, at))) {
				end = rows.size();
			}
		}
		rows.subList(end, rows.size()).clear();
		write("time," + String.join(",", columns.stream().map(Column::name).toList()), rows, out);
	}

	private static boolean filled(Column column, int i) {
		return i < column.cells().length && !column.cells()[i].isBlank();
	}

	private static void write(String header, List<String> rows, Path out) throws Failure, IOException {
		try (BufferedWriter writer = out == null ? new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8)) : Files.newBufferedWriter(out)) {
			writer.write(header);
			writer.write('\n');
			for (String row : rows) {
				writer.write(row);
				writer.write('\n');
			}
		} catch (java.nio.file.FileSystemException e) {
			throw new Failure("the file " + out + " cannot be written: " + e.getMessage());
		}
	}

	private BufferedReader open(String file) throws Failure, IOException {
		return new BufferedReader(new InputStreamReader(stream(file), StandardCharsets.UTF_8));
	}

	private InputStream stream(String file) throws Failure, IOException {
		Path path = data.resolve(file);
		if (!Files.isReadable(path)) {
			throw new Failure("the data is not here: " + path + " is missing");
		}
		InputStream in = Files.newInputStream(path);
		return file.endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
	}

	private List<String> worldcup() throws Failure, IOException {
		try (BufferedReader in = open("web/worldcup98_per_minute.csv.gz")) {
			return in.lines().skip(1).map(line -> line.replaceFirst(" ", "T").replaceFirst(",", "Z,")).toList();
		}
	}

	private List<String> nasa() throws Failure, IOException {
		// The log begins at midnight of the first of July in Florida, and the file has no times: minutes that the log lacks are not marked.
		Instant start = Instant.parse("1995-07-01T04:00:00Z");
		List<String> rows = new ArrayList<>();
		try (BufferedReader in = open("web/nasa_jul_aug_1995_per_minute.txt.gz")) {
			for (String line; (line = in.readLine()) != null;) {
				rows.add(start.plusSeconds(60L * rows.size()) + "," + line.strip());
			}
		}
		return rows;
	}

	private List<Column> alibaba() throws Failure, IOException {
		// The trace gives network and disk as per cent of an unknown whole, so they are not bytes a second here.
		String[] names = { "datacentre/cpu[%]", "datacentre/memory[%]", "datacentre/network.in.share[%]", "datacentre/network.out.share[%]",
				"datacentre/disk.io[%]" };
		try (BufferedReader in = open("dc/alibaba2018_machine_usage_300s.csv.gz")) {
			List<String[]> rows = in.lines().skip(1).map(line -> line.split(",", -1)).toList();
			List<Column> columns = new ArrayList<>();
			for (int i = 0; i < names.length; i++) {
				int at = i;
				columns.add(new Column(names[i], rows.stream().map(row -> row[at].strip()).toArray(String[]::new)));
			}
			return columns;
		}
	}

	private List<Column> bitbrains(boolean hourly, String what) throws Failure, IOException {
		String before = "bitbrains/" + (hourly ? "hourly_2013-07_to_09_" : "5min_2013-08_");
		List<Column> columns = new ArrayList<>();
		boolean all = what.equals("all");
		if (all || what.equals("cpu")) {
			columns.addAll(rows(before + "cpu_pct.csv.gz", "cpu[%]", Map.of()));
		}
		if (all || what.equals("mem")) {
			columns.addAll(rows(before + "mem_kb.csv.gz", "memory[%]", provisioned()));
		}
		if (all || what.equals("net")) {
			columns.addAll(rows(before + "net_rx_kbps.csv.gz", "network.in[KB/s]", Map.of()));
			columns.addAll(rows(before + "net_tx_kbps.csv.gz", "network.out[KB/s]", Map.of()));
		}
		return columns;
	}

	/** Memory of each machine in KB. */
	private Map<String, Double> provisioned() throws Failure, IOException {
		Map<String, Double> memory = new TreeMap<>();
		try (BufferedReader in = open("bitbrains/vms.csv")) {
			for (String line : in.lines().skip(1).toList()) {
				String[] cells = line.split(",", -1);
				memory.put(cells[0], Double.parseDouble(cells[3]));
			}
		}
		return memory;
	}

	/** One row a machine becomes one column; divided by a whole where there are wholes. */
	private List<Column> rows(String file, String metric, Map<String, Double> whole) throws Failure, IOException {
		List<Column> columns = new ArrayList<>();
		List<String> unknown = new ArrayList<>();
		try (BufferedReader in = open(file)) {
			for (String line; (line = in.readLine()) != null;) {
				String[] cells = line.split(",", -1);
				String[] values = Arrays.copyOfRange(cells, 1, cells.length);
				if (!whole.isEmpty()) {
					double full = whole.getOrDefault(cells[0], 0.);
					if (full <= 0) {
						System.err.println("trace: vm" + cells[0] + " is left out: its memory is not known");
						continue;
					}
					for (int i = 0; i < values.length; i++) {
						values[i] = values[i].isBlank() ? "" : String.valueOf(Math.rint(Double.parseDouble(values[i]) / full * 1e5) / 1e3);
					}
				}
				columns.add(new Column("vm" + cells[0] + "/" + metric, values));
			}
		}
		if (!unknown.isEmpty()) {
			System.err.println("trace: left out, since their memory is not known: " + String.join(", ", unknown));
		}
		return columns;
	}

	/** Reads the archive entry by entry: a header of 512 bytes, then the content, filled up to a multiple of that. */
	private List<Column> gcd(String one) throws Failure, IOException {
		Map<String, List<Column>> tasks = new TreeMap<>();
		try (DataInputStream in = new DataInputStream(stream("gcd/GCD_VMs.tar.gz"))) {
			byte[] header = new byte[512];
			while (in.readNBytes(header, 0, 512) == 512 && header[0] != 0) {
				String name = new String(header, 0, 100, StandardCharsets.UTF_8).replaceFirst("\0.*", "");
				int size = Integer.parseInt(new String(header, 124, 11, StandardCharsets.US_ASCII).strip().replace("\0", ""), 8);
				byte[] content = in.readNBytes(size);
				in.skipNBytes((512 - size % 512) % 512);
				String task = name.substring(name.lastIndexOf('/') + 1);
				if (header[156] == '5' || task.isEmpty() || !one.isEmpty() && !one.equals(task)) {
					continue;
				}
				List<String[]> rows = new String(content, StandardCharsets.US_ASCII).lines().filter(line -> !line.isBlank())
						.map(line -> line.strip().split("\\s+")).toList();
				tasks.put(task, List.of(new Column(task + "/cpu[%]", rows.stream().map(row -> row[0]).toArray(String[]::new)),
						new Column(task + "/memory[%]", rows.stream().map(row -> row[1]).toArray(String[]::new))));
			}
		}
		if (tasks.isEmpty()) {
			throw new Failure("there is no 'gcd/" + one + "'");
		}
		return tasks.values().stream().flatMap(List::stream).toList();
	}

	private void m4(String name, boolean test, String one, Path out) throws Failure, IOException {
		List<Column> train = pick(name, one, ragged("m4/Hourly-train.csv"));
		Instant start = Instant.parse("2017-01-01T00:00:00Z");
		if (!test) {
			grid(start, 3600, train, out);
			return;
		}
		// Each series goes on where its training part ends, so there is no common grid without gaps.
		Map<String, String[]> after = new TreeMap<>();
		ragged("m4/Hourly-test.csv").forEach(column -> after.put(column.name(), column.cells()));
		List<Column> shifted = new ArrayList<>();
		int first = train.stream().mapToInt(column -> column.cells().length).min().orElse(0);
		for (Column column : train) {
			String[] cells = after.get(column.name());
			String[] moved = new String[column.cells().length - first + cells.length];
			Arrays.fill(moved, "");
			System.arraycopy(cells, 0, moved, column.cells().length - first, cells.length);
			shifted.add(new Column(column.name(), moved));
		}
		grid(start.plusSeconds(3600L * first), 3600, shifted, out);
	}

	private List<Column> ragged(String file) throws Failure, IOException {
		try (BufferedReader in = open(file)) {
			return in.lines().skip(1).map(line -> {
				String[] cells = line.replace("\"", "").replaceFirst(",+$", "").split(",");
				return new Column(cells[0] + "/value", Arrays.copyOfRange(cells, 1, cells.length));
			}).toList();
		}
	}

	private static String nabColumn(String one) {
		String file = one.substring(one.lastIndexOf('/') + 1);
		return file + (file.contains("cpu_utilization") ? "/cpu[%]" : "/value");
	}

	private List<String> nab(String one) throws Failure, IOException {
		if (!one.matches("[A-Za-z0-9_]+/[A-Za-z0-9_.-]+")) {
			throw new Failure("nab/FOLDER/FILE is needed; releng/trace --list shows them");
		}
		List<String> rows = new ArrayList<>();
		LocalDateTime before = LocalDateTime.MIN;
		int dropped = 0;
		try (BufferedReader in = open("nab/data/" + one + ".csv")) {
			for (String line : in.lines().skip(1).toList()) {
				String[] cells = line.split(",", -1);
				LocalDateTime time = LocalDateTime.parse(cells[0].strip().replace(' ', 'T'));
				if (!time.isAfter(before)) {
					dropped++;
					continue;
				}
				before = time;
				rows.add(time.toInstant(ZoneOffset.UTC) + "," + cells[1].strip());
			}
		}
		if (dropped > 0) {
			System.err.println("trace: " + dropped + " rows are left out: their time does not advance");
		}
		return rows;
	}
}
