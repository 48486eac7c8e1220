// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.gl;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CancellationException;
import java.util.function.DoublePredicate;

import org.eclipse.swt.graphics.ImageData;

import io.shadowweaver.scene.draw.Frame;

/**
 * A frame as a PNG file, off the screen. What is larger than any OpenGL draws at once is drawn in parts, of which few rows are in memory at a time.
 */
public final class PictureFile {
	/** The most pixels of a side. */
	public static final int MOST = 60_000;
	/** Every OpenGL 3.3 in use draws so many pixels of a side at once. */
	private static final int TILE = 4096;
	private static final int STRIP_PIXELS = 8_000_000;
	private static final double PHASE = .5;

	private PictureFile() {
	}

	/**
	 * Draws and writes it: whole, or nothing is left and a file that was there stays as it was. Blocks; any thread.
	 *
	 * @param file     where
	 * @param frame    of at most {@value #MOST} pixels a side
	 * @param progress is told the share that is done, 0 to 1, and says whether to go on
	 * @throws GlUnavailableException with a sentence
	 * @throws IOException            when it cannot be written
	 * @throws CancellationException  when it was not to go on
	 */
	public static void write(Path file, Frame frame, DoublePredicate progress) throws GlUnavailableException, IOException {
		write(file, frame, progress, TILE, Math.clamp(STRIP_PIXELS / frame.width(), 1, TILE));
	}

	/**
	 * The same in parts of a size.
	 *
	 * @param across the most pixels of a part from left to right
	 * @param down   likewise from top to bottom
	 */
	static void write(Path file, Frame frame, DoublePredicate progress, int across, int down) throws GlUnavailableException, IOException {
		if (frame.width() > MOST || frame.height() > MOST) {
			throw new IllegalArgumentException("a picture has at most " + MOST + " pixels a side, not " + frame.width() + " × " + frame.height());
		}
		Path folder = file.toAbsolutePath().getParent();
		if (!Files.isDirectory(folder)) {
			throw new IOException("there is no folder " + folder);
		}
		Path part = Files.createTempFile(folder, ".picture", ".part");
		try {
			try (OffscreenTarget target = OffscreenTarget.create(Math.min(across, frame.width()), Math.min(down, frame.height()));
					PngWriter png = new PngWriter(new BufferedOutputStream(Files.newOutputStream(part)), frame.width(), frame.height())) {
				draw(target, png, frame, progress, across, down);
				png.finish();
			}
			Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
		} finally {
			Files.deleteIfExists(part);
		}
	}

	private static void draw(OffscreenTarget target, PngWriter png, Frame frame, DoublePredicate progress, int across, int down) throws IOException {
		byte[] strip = new byte[frame.width() * 3 * Math.min(down, frame.height())];
		for (int top = 0; top < frame.height(); top += down) {
			int rows = Math.min(down, frame.height() - top);
			for (int left = 0; left < frame.width(); left += across) {
				if (!progress.test((top + (double) rows * left / frame.width()) / frame.height())) {
					throw new CancellationException("The picture was cancelled.");
				}
				Frame part = frame.part(left, top, Math.min(across, frame.width() - left), rows);
				target.draw(part, PHASE);
				ImageData drawn = target.picture();
				for (int y = 0; y < rows; y++) {
					System.arraycopy(drawn.data, y * drawn.bytesPerLine, strip, (y * frame.width() + left) * 3, part.width() * 3);
				}
			}
			for (int y = 0; y < rows; y++) {
				png.row(strip, y * frame.width() * 3);
			}
		}
	}
}
