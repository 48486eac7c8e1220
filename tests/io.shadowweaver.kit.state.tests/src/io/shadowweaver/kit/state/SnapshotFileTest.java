// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.kit.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFileTest {
	private static final Instant WRITTEN = Instant.parse("2026-03-01T10:00:30Z");
	private static final Map<String, String> VIEW = Map.of("camera", "1.0 2.0 0.0 45.0 38.0 10.0 orthographic", "filter", "name:\"é ü 漢\"", "groupBy", "");

	@TempDir
	Path folder;

	private Path file() throws IOException {
		Path file = folder.resolve("estate.swsnap");
		SnapshotFile.write(file, Snapshot.of(StateRoundTripTest.first(), VIEW, WRITTEN, "1.0.0"));
		return file;
	}

	private static String refused(Path file) {
		String sentence = assertThrows(SnapshotException.class, () -> SnapshotFile.read(file)).getMessage();
		assertTrue(sentence.contains(file.toString()) && sentence.endsWith("."), sentence);
		return sentence;
	}

	private static Map<String, byte[]> parts(Path file) throws IOException {
		Map<String, byte[]> parts = new LinkedHashMap<>();
		try (ZipFile zip = new ZipFile(file.toFile())) {
			for (ZipEntry entry : zip.stream().toList()) {
				parts.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
			}
		}
		return parts;
	}

	private Path zip(Map<String, byte[]> parts) throws IOException {
		Path file = folder.resolve("changed.swsnap");
		try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
			for (Map.Entry<String, byte[]> part : parts.entrySet()) {
				zip.putNextEntry(new ZipEntry(part.getKey()));
				zip.write(part.getValue());
				zip.closeEntry();
			}
		}
		return file;
	}

	private static byte[] replaced(byte[] part, String what, String by) {
		String text = new String(part, StandardCharsets.UTF_8);
		assertTrue(text.contains(what), text);
		return text.replace(what, by).getBytes(StandardCharsets.UTF_8);
	}

	@Test
	void aSnapshotComesBackAsItWasWritten() throws Exception {
		Snapshot read = SnapshotFile.read(file());
		StateRoundTripTest.same(StateRoundTripTest.first(), read.state());
		assertEquals(VIEW, read.view());
		assertEquals(WRITTEN, read.written());
		assertEquals("1.0.0", read.product());
		assertEquals(Snapshot.of(StateRoundTripTest.first(), VIEW, WRITTEN, "1.0.0").models(), read.models());
	}

	@Test
	void theModelsThatMadeForecastsAreNamedWithTheirTraining() {
		List<Snapshot.ModelUse> models = Snapshot.of(StateRoundTripTest.first(), Map.of(), WRITTEN, "1").models();
		assertTrue(models.stream().anyMatch(use -> use.model().equals("ets") && use.version().equals("7") && use.series() >= 1), models.toString());
	}

	@Test
	void twoFilesOfTheSameAreTheSame() throws Exception {
		byte[] first = Files.readAllBytes(file());
		assertTrue(Arrays.equals(first, Files.readAllBytes(file())));
	}

	@Test
	void aFileOfANewerVersionIsRefusedByItsVersion() throws Exception {
		Map<String, byte[]> parts = parts(file());
		parts.compute(SnapshotFile.ABOUT, (name, part) -> replaced(replaced(part, "\"version\" : 1,", "\"version\" : 2,"), "\"1.0.0\"", "\"3.1.0\""));
		// whatever a later format keeps elsewhere is not asked for before the version is known
		parts.remove(SnapshotFile.STATE);
		String sentence = refused(zip(parts));
		assertTrue(sentence.contains("version 2") && sentence.contains("3.1.0") && sentence.contains("versions up to 1"), sentence);
	}

	@Test
	void aFileThatWasCutOffIsRefusedWhereverThatWas() throws Exception {
		byte[] all = Files.readAllBytes(file());
		Path cut = folder.resolve("cut.swsnap");
		for (int length : new int[] { 4, 20, all.length / 3, all.length / 2, all.length - 30, all.length - 1 }) {
			Files.write(cut, Arrays.copyOf(all, length));
			String sentence = refused(cut);
			assertTrue(sentence.contains("cut off"), length + ": " + sentence);
		}
		Files.write(cut, new byte[0]);
		assertTrue(refused(cut).contains("is no snapshot"));
	}

	@Test
	void noFlippedByteIsShownAsIfItHadBeenWritten() throws Exception {
		byte[] all = Files.readAllBytes(file());
		Path flipped = folder.resolve("flipped.swsnap");
		int refused = 0;
		for (int at = 0; at < all.length; at += 7) {
			byte[] bytes = all.clone();
			bytes[at] ^= 0x10;
			Files.write(flipped, bytes);
			try {
				// what is no part of any content, such as a date in the archive, may change
				StateRoundTripTest.same(StateRoundTripTest.first(), SnapshotFile.read(flipped).state());
			} catch (SnapshotException e) {
				refused++;
			}
		}
		assertTrue(refused > all.length / 7 / 2, refused + " of " + all.length / 7);
	}

	@Test
	void whatIsForeignIsRefused() throws Exception {
		Path text = folder.resolve("notes.txt");
		Files.writeString(text, "nothing of ours");
		assertTrue(refused(text).contains("is no snapshot"));
		assertTrue(refused(folder.resolve("none.swsnap")).contains("There is no file"));
		refused(folder);
		assertTrue(refused(zip(Map.of("word/document.xml", new byte[] { 1 }))).contains("but no snapshot"));
		assertTrue(refused(zip(Map.of(SnapshotFile.ABOUT, "{\"version\":1}".getBytes(StandardCharsets.UTF_8)))).contains("but no snapshot"));
		assertTrue(refused(zip(Map.of(SnapshotFile.ABOUT, "[".getBytes(StandardCharsets.UTF_8)))).contains("damaged"));
	}

	@Test
	void aPartThatIsMissingOrChangedIsNamed() throws Exception {
		Map<String, byte[]> missing = parts(file());
		missing.remove(SnapshotFile.VIEW);
		assertTrue(refused(zip(missing)).contains("no view.json"));
		Map<String, byte[]> changed = parts(file());
		changed.compute(SnapshotFile.STATE, (name, part) -> replaced(part, "\"killSwitch\":", "\"killswitch\":"));
		assertTrue(refused(zip(changed)).contains("state.json is not what was written"));
	}

	@Test
	void whatCannotBeWrittenLeavesNothing() throws Exception {
		Path nowhere = folder.resolve("none").resolve("a.swsnap");
		assertThrows(IOException.class, () -> SnapshotFile.write(nowhere, Snapshot.of(StateRoundTripTest.first(), VIEW, WRITTEN, "1.0.0")));
		file();
		try (Stream<Path> files = Files.list(folder)) {
			assertEquals(1, files.count());
		}
		assertFalse(Files.exists(nowhere));
	}
}
