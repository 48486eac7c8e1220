// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.simulated;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.shadowweaver.api.plugin.PluginException;

/**
 * The memory of the simulated cloud over restarts of the product: one line for each change of a machine, forced to the disk
 * before the call is answered. A torn last line, as a crash leaves it, was never answered and is cut off.
 */
final class MachineLog implements AutoCloseable {
	private static final int FIELDS = 15;

	private final Path file;
	private FileChannel channel;

	/**
	 * @param file where; its folder exists
	 */
	MachineLog(Path file) {
		this.file = file;
	}

	/**
	 * Reads what is there and opens the file for appending.
	 *
	 * @return the newest state of each machine, by id, in the order of creation
	 * @throws PluginException naming the file and the line, when it cannot be read
	 */
	Map<String, Machine> open() throws PluginException {
		Map<String, Machine> machines = new LinkedHashMap<>();
		try {
			channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
			String text = Files.readString(file);
			int whole = text.lastIndexOf('\n') + 1;
			int number = 0;
			for (String line : text.substring(0, whole).split("\n")) {
				number++;
				if (!line.isEmpty()) {
					Machine machine = parse(line, number);
					machines.put(machine.id(), machine);
				}
			}
			int bytes = text.substring(0, whole).getBytes(StandardCharsets.UTF_8).length;
			channel.truncate(bytes);
			channel.position(bytes);
			return machines;
		} catch (IOException e) {
			close();
			throw new PluginException("The machines of the simulated cloud cannot be read from " + file + ": " + e.getMessage() + ".", e);
		} catch (PluginException e) {
			close();
			throw e;
		}
	}

	/** Appends the state of a machine; on the disk when it returns. */
	void append(Machine machine) throws PluginException {
		try {
			ByteBuffer bytes = StandardCharsets.UTF_8.encode(format(machine) + "\n");
			while (bytes.hasRemaining()) {
				channel.write(bytes);
			}
			channel.force(false);
		} catch (IOException e) {
			throw new PluginException("The simulated cloud cannot write " + file + ": " + e.getMessage() + ".", e);
		}
	}

	@Override
	public void close() {
		try {
			if (channel != null) {
				channel.close();
			}
		} catch (IOException e) {
			System.getLogger(MachineLog.class.getName()).log(System.Logger.Level.WARNING, "Closing " + file + " failed", e);
		}
	}

	private static String format(Machine machine) {
		SortedMap<String, String> tags = new TreeMap<>(machine.tags());
		List<String> pairs = new ArrayList<>();
		tags.forEach((key, value) -> pairs.add(encode(key) + "=" + encode(value)));
		return String.join("\t", machine.id(), encode(machine.name()), encode(machine.token()), encode(machine.resource()),
				encode(machine.group()), machine.offer(), machine.zone(), String.join("&", pairs), machine.createdAt().toString(),
				machine.visibleAt().toString(), machine.runningAt().toString(), time(machine.trafficAt()),
				time(machine.failedAt()), time(machine.deletedAt()), machine.drain().toString());
	}

	private Machine parse(String line, int number) throws PluginException {
		String[] field = line.split("\t", -1);
		try {
			if (field.length != FIELDS) {
				throw new IllegalArgumentException(field.length + " fields instead of " + FIELDS);
			}
			Map<String, String> tags = new LinkedHashMap<>();
			for (String pair : field[7].split("&")) {
				int equals = pair.indexOf('=');
				if (equals >= 0) {
					tags.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
				}
			}
			return new Machine(field[0], decode(field[1]), decode(field[2]), decode(field[3]), decode(field[4]), field[5], field[6],
					tags, Instant.parse(field[8]), Instant.parse(field[9]), Instant.parse(field[10]), instant(field[11]),
					instant(field[12]), instant(field[13]), Duration.parse(field[14]));
		} catch (IllegalArgumentException | DateTimeException e) {
			throw new PluginException(file + ", line " + number + ": " + e.getMessage() + ".", e);
		}
	}

	private static String time(Instant time) {
		return time.equals(Instant.MAX) ? "-" : time.toString();
	}

	private static Instant instant(String text) {
		return text.equals("-") ? Instant.MAX : Instant.parse(text);
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	private static String decode(String text) {
		return URLDecoder.decode(text, StandardCharsets.UTF_8);
	}
}
