// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.gl;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.graphics.PaletteData;
import org.eclipse.swt.graphics.RGB;

/**
 * Compares a picture with the one that was accepted. Renderers round differently at edges, so that a few pixels may differ; a
 * picture that has changed is written beside the accepted one and a picture of the difference. With the system property
 * {@value #ACCEPT}, a folder, pictures are written there instead.
 */
final class Golden {
	static final String ACCEPT = "shadowweaver.golden.accept";

	/** A pixel differs when one of its colours does by more than this, of 255. */
	private static final int COLOUR = 32;
	/** So large a share of the pixels may differ. */
	private static final double SHARE = .004;

	private Golden() {
	}

	/**
	 * Compares.
	 *
	 * @param folder where a picture that has changed is written
	 * @return what is wrong, with the names of the written files; empty when it is as accepted
	 */
	static Optional<String> compare(String name, ImageData picture, Path folder) throws IOException {
		String accept = System.getProperty(ACCEPT, "");
		if (!accept.isEmpty()) {
			write(picture, Files.createDirectories(Path.of(accept)).resolve(name + ".png"));
			return Optional.empty();
		}
		try (InputStream in = Golden.class.getResourceAsStream("golden/" + name + ".png")) {
			return in == null ? Optional.of(name + " was never accepted: run with -D" + ACCEPT + "=FOLDER") : compare(name, new ImageData(in), picture, folder);
		}
	}

	static Optional<String> compare(String name, ImageData accepted, ImageData picture, Path folder) throws IOException {
		boolean size = accepted.width == picture.width && accepted.height == picture.height;
		ImageData difference = new ImageData(picture.width, picture.height, 24, new PaletteData(0xFF0000, 0xFF00, 0xFF));
		int differ = 0;
		for (int y = 0; size && y < picture.height; y++) {
			for (int x = 0; x < picture.width; x++) {
				RGB was = accepted.palette.getRGB(accepted.getPixel(x, y));
				RGB is = picture.palette.getRGB(picture.getPixel(x, y));
				int most = Math.max(Math.abs(was.red - is.red), Math.max(Math.abs(was.green - is.green), Math.abs(was.blue - is.blue)));
				int grey = (is.red + is.green + is.blue) / 12;
				difference.setPixel(x, y, most > COLOUR ? 0xFF00FF : grey << 16 | grey << 8 | grey);
				differ += most > COLOUR ? 1 : 0;
			}
		}
		double share = (double) differ / (picture.width * picture.height);
		if (size && share <= SHARE) {
			return Optional.empty();
		}
		Files.createDirectories(folder);
		write(picture, folder.resolve(name + "-is.png"));
		write(accepted, folder.resolve(name + "-was.png"));
		write(difference, folder.resolve(name + "-difference.png"));
		String what = size ? "%d pixels (%.2f %%) differ by more than %d of 255".formatted(differ, share * 100, COLOUR)
				: "is " + picture.width + " × " + picture.height + " instead of " + accepted.width + " × " + accepted.height;
		return Optional.of(name + " has changed: " + what + "; see " + folder.toAbsolutePath() + "/" + name + "-{is,was,difference}.png");
	}

	private static void write(ImageData picture, Path file) {
		ImageLoader loader = new ImageLoader();
		loader.data = new ImageData[] { picture };
		loader.save(file.toString(), SWT.IMAGE_PNG);
	}
}
