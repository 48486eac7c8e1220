// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

import io.shadowweaver.api.metric.SeriesId;

/** The file in which a forecaster keeps its states: a head, one piece of bytes a series, a checksum. */
final class States {
	private static final int MAGIC = 0x53574643;
	private static final int VERSION = 6;
	private static final int LARGEST = 1 << 28;

	private States() {
	}

	/** What the models keep of one series. */
	record Models(long fed, double last, List<byte[]> members, List<List<Cause>> causes, MemberErrors errors) {
	}

	/** One series as it is in the file. */
	record Stored(double[] numbers, String tailored, byte[] calibration, long trainAt, String lastChange, List<Quality.Change> changes, Choice choice,
			List<String> members, Models models) {
	}

	/**
	 * What a file holds.
	 *
	 * @param pieces  by series
	 * @param cohorts parameters that series share: by metric, then by candidate with its version, newest first
	 */
	record Content(Map<SeriesId, byte[]> pieces, Map<String, Map<String, List<Cohort.Snapshot>>> cohorts) {
	}

	/** Writes a file whole or not at all. */
	static void write(Path file, LeadPlan plan, Content content) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		DataOutputStream out = new DataOutputStream(bytes);
		out.writeInt(MAGIC);
		out.writeInt(VERSION);
		out.writeLong(plan.step);
		out.writeInt(plan.leads.length);
		for (long lead : plan.leads) {
			out.writeLong(lead);
		}
		cohorts(out, content.cohorts);
		out.writeInt(content.pieces.size());
		for (Map.Entry<SeriesId, byte[]> piece : content.pieces.entrySet()) {
			out.writeUTF(piece.getKey().subject());
			out.writeUTF(piece.getKey().metric());
			out.writeInt(piece.getValue().length);
			out.write(piece.getValue());
		}
		CRC32 sum = new CRC32();
		sum.update(bytes.toByteArray());
		out.writeLong(sum.getValue());
		Path folder = file.toAbsolutePath().getParent();
		Path next = Files.createTempFile(folder, file.getFileName().toString(), ".new");
		try {
			Files.write(next, bytes.toByteArray());
			try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
				channel.force(true);
			}
			Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		} finally {
			Files.deleteIfExists(next);
		}
	}

	/** Reads a file; pieces that cannot be read are left out. */
	static Content read(Path file, LeadPlan plan) throws IOException {
		byte[] bytes = Files.readAllBytes(file);
		if (bytes.length < 32) {
			throw new IOException(file + " is no file of forecast states: it has " + bytes.length + " bytes");
		}
		CRC32 sum = new CRC32();
		sum.update(bytes, 0, bytes.length - 8);
		try (InputStream source = new ByteArrayInputStream(bytes); DataInputStream in = new DataInputStream(source)) {
			if (in.readInt() != MAGIC || in.readInt() != VERSION) {
				throw new IOException(file + " is no file of forecast states of this version");
			}
			if (new DataInputStream(new ByteArrayInputStream(bytes, bytes.length - 8, 8)).readLong() != sum.getValue()) {
				throw new IOException(file + " is damaged: its checksum does not fit");
			}
			long step = in.readLong();
			long[] leads = new long[in.readInt()];
			for (int i = 0; i < leads.length; i++) {
				leads[i] = in.readLong();
			}
			if (step != plan.step || !Arrays.equals(leads, plan.leads)) {
				throw new IOException(file + " was written with a step of " + step + " ms and other leads than these; it is not used");
			}
			Map<String, Map<String, List<Cohort.Snapshot>>> cohorts = cohorts(in);
			Map<SeriesId, byte[]> pieces = new HashMap<>();
			int count = in.readInt();
			for (int i = 0; i < count; i++) {
				SeriesId id = new SeriesId(in.readUTF(), in.readUTF());
				pieces.put(id, piece(in));
			}
			return new Content(pieces, cohorts);
		}
	}

	private static void cohorts(DataOutput out, Map<String, Map<String, List<Cohort.Snapshot>>> cohorts) throws IOException {
		out.writeInt(cohorts.size());
		for (Map.Entry<String, Map<String, List<Cohort.Snapshot>>> metric : cohorts.entrySet()) {
			out.writeUTF(metric.getKey());
			out.writeInt(metric.getValue().size());
			for (Map.Entry<String, List<Cohort.Snapshot>> candidate : metric.getValue().entrySet()) {
				out.writeUTF(candidate.getKey());
				out.writeInt(candidate.getValue().size());
				for (Cohort.Snapshot snapshot : candidate.getValue()) {
					out.writeLong(snapshot.end().toEpochMilli());
					out.writeInt(snapshot.bytes().length);
					out.write(snapshot.bytes());
				}
			}
		}
	}

	private static Map<String, Map<String, List<Cohort.Snapshot>>> cohorts(DataInputStream in) throws IOException {
		Map<String, Map<String, List<Cohort.Snapshot>>> cohorts = new HashMap<>();
		for (int metrics = in.readInt(); metrics > 0; metrics--) {
			Map<String, List<Cohort.Snapshot>> ofMetric = cohorts.computeIfAbsent(in.readUTF(), metric -> new HashMap<>());
			for (int left = in.readInt(); left > 0; left--) {
				List<Cohort.Snapshot> snapshots = ofMetric.computeIfAbsent(in.readUTF(), candidate -> new ArrayList<>());
				for (int more = in.readInt(); more > 0; more--) {
					snapshots.add(new Cohort.Snapshot(Instant.ofEpochMilli(in.readLong()), piece(in)));
				}
			}
		}
		return cohorts;
	}

	private static byte[] piece(DataInputStream in) throws IOException {
		int length = in.readInt();
		if (length < 0 || length > LARGEST) {
			throw new IOException("a piece of " + length + " bytes");
		}
		return in.readNBytes(length);
	}

	/** One series as bytes. */
	static byte[] pack(Track track, List<String> memberNames, Models models) {
		try {
			return bytes(track, memberNames, models);
		} catch (IOException e) {
			throw new UncheckedIOException("memory cannot be written", e);
		}
	}

	private static byte[] bytes(Track track, List<String> memberNames, Models models) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		DataOutputStream out = new DataOutputStream(bytes);
		for (double number : track.numbers()) {
			out.writeDouble(number);
		}
		out.writeUTF(cut(track.tailored));
		ByteArrayOutputStream calibration = new ByteArrayOutputStream();
		track.calibration.save(new DataOutputStream(calibration));
		out.writeInt(calibration.size());
		calibration.writeTo(out);
		out.writeLong(track.trainAt);
		out.writeUTF(cut(track.lastChange));
		out.writeInt(track.changes.size());
		for (Quality.Change change : track.changes) {
			out.writeLong(change.time().toEpochMilli());
			for (String text : List.of(change.cause(), change.before(), change.after())) {
				out.writeUTF(cut(text));
			}
			out.writeDouble(change.errorBefore());
			out.writeDouble(change.errorAfter());
		}
		out.writeInt(memberNames.size());
		for (int i = 0; i < memberNames.size(); i++) {
			out.writeUTF(memberNames.get(i));
			out.writeInt(models.members().get(i).length);
			out.write(models.members().get(i));
			causes(out, models.causes().get(i));
		}
		out.writeLong(models.fed());
		out.writeDouble(models.last());
		models.errors().save(out);
		choice(out, track.choice);
		return bytes.toByteArray();
	}

	private static void causes(DataOutput out, List<Cause> causes) throws IOException {
		out.writeInt(causes.size());
		for (Cause cause : causes) {
			out.writeUTF(cause.id());
			out.writeBoolean(cause.isDriver());
			if (cause.isDriver()) {
				out.writeUTF(cause.driver().subject());
				out.writeUTF(cause.driver().metric());
				out.writeInt(cause.lag());
			}
		}
	}

	private static List<Cause> causes(DataInputStream in) throws IOException {
		List<Cause> causes = new ArrayList<>();
		for (int left = in.readInt(); left > 0; left--) {
			String id = in.readUTF();
			causes.add(in.readBoolean() ? new Cause(id, new SeriesId(in.readUTF(), in.readUTF()), in.readInt()) : Cause.event(id));
		}
		return List.copyOf(causes);
	}

	private static String cut(String text) {
		return text.length() > 10_000 ? text.substring(0, 10_000) : text;
	}

	private static void choice(DataOutput out, Choice choice) throws IOException {
		out.writeUTF(choice.model());
		for (Blend blend : List.of(choice.near(), choice.far())) {
			out.writeBoolean(blend.median());
			out.writeInt(blend.places().length);
			for (int i = 0; i < blend.places().length; i++) {
				out.writeInt(blend.places()[i]);
				out.writeDouble(blend.weights()[i]);
			}
		}
		out.writeUTF(choice.version());
		out.writeLong(choice.trainedAt().toEpochMilli());
		out.writeInt(choice.seasons().size());
		for (int season : choice.seasons()) {
			out.writeInt(season);
		}
		out.writeInt(choice.samples());
		for (double[] row : List.of(choice.skill(), choice.coverage(), choice.wape())) {
			for (double value : row) {
				out.writeDouble(value);
			}
		}
		out.writeInt(choice.heldOut());
		out.writeDouble(choice.naiveError());
		out.writeInt(choice.scores().size());
		for (Quality.Score score : choice.scores()) {
			out.writeUTF(score.model());
			out.writeDouble(score.relative());
			out.writeUTF(cut(score.note()));
			out.writeLong(score.training().toNanos());
		}
		out.writeUTF(cut(choice.why()));
		out.writeBoolean(choice.next() != null);
		if (choice.next() != null) {
			out.writeUTF(cut(choice.next().sentence()));
			out.writeLong(choice.next().at().toEpochMilli());
		}
	}

	/** Reads what {@link #pack} wrote; the choice names no candidates yet. */
	static Stored unpack(byte[] bytes, LeadPlan plan) throws IOException {
		try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
			double[] numbers = new double[Track.NUMBERS];
			for (int i = 0; i < numbers.length; i++) {
				numbers[i] = in.readDouble();
			}
			String tailored = in.readUTF();
			byte[] calibration = piece(in);
			long trainAt = in.readLong();
			String lastChange = in.readUTF();
			List<Quality.Change> changes = new ArrayList<>();
			for (int left = in.readInt(); left > 0; left--) {
				changes.add(new Quality.Change(Instant.ofEpochMilli(in.readLong()), in.readUTF(), in.readUTF(), in.readUTF(), in.readDouble(),
						in.readDouble()));
			}
			int count = in.readInt();
			List<String> names = new ArrayList<>();
			List<byte[]> members = new ArrayList<>();
			List<List<Cause>> causes = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				names.add(in.readUTF());
				members.add(piece(in));
				causes.add(causes(in));
			}
			Models models = new Models(in.readLong(), in.readDouble(), members, causes, MemberErrors.load(count, in));
			return new Stored(numbers, tailored, calibration, trainAt, lastChange, changes, choice(in, plan), names, models);
		}
	}

	private static Blend blend(DataInputStream in) throws IOException {
		boolean median = in.readBoolean();
		int[] places = new int[in.readInt()];
		double[] weights = new double[places.length];
		for (int i = 0; i < places.length; i++) {
			places[i] = in.readInt();
			weights[i] = in.readDouble();
		}
		return new Blend(places, weights, median);
	}

	private static Choice choice(DataInputStream in, LeadPlan plan) throws IOException {
		String model = in.readUTF();
		Blend near = blend(in);
		Blend far = blend(in);
		String version = in.readUTF();
		Instant trainedAt = Instant.ofEpochMilli(in.readLong());
		List<Integer> seasons = new ArrayList<>();
		for (int left = in.readInt(); left > 0; left--) {
			seasons.add(in.readInt());
		}
		int samples = in.readInt();
		double[][] rows = new double[3][plan.leads.length];
		for (double[] row : rows) {
			for (int i = 0; i < row.length; i++) {
				row[i] = in.readDouble();
			}
		}
		int heldOut = in.readInt();
		double naiveError = in.readDouble();
		List<Quality.Score> scores = new ArrayList<>();
		for (int left = in.readInt(); left > 0; left--) {
			scores.add(new Quality.Score(in.readUTF(), in.readDouble(), in.readUTF(), Duration.ofNanos(in.readLong())));
		}
		String why = in.readUTF();
		Quality.Step next = in.readBoolean() ? new Quality.Step(in.readUTF(), Instant.ofEpochMilli(in.readLong())) : null;
		return new Choice(model, new int[0], near, far, version, trainedAt, List.copyOf(seasons), samples, rows[0], rows[1], rows[2], heldOut,
				naiveError, scores, why, next);
	}
}
