// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.joml.Vector3f;

import io.shadowweaver.gl.GlUnavailableException;
import io.shadowweaver.gl.OffscreenTarget;
import io.shadowweaver.scene.Camera;
import io.shadowweaver.scene.SceneModel.Node;
import io.shadowweaver.scene.draw.Frame;

/**
 * The screen as somebody has it who sits before it: a mouse and a keyboard whose events come from the display server, by xdotool, and the pixels that are
 * shown. UI thread; while it waits, the windows go on.
 */
final class Screen {
	private static final Duration PATIENCE = Duration.ofSeconds(40);
	/** Renderers round differently at edges. */
	private static final int COLOUR = 32;
	/** So large a share of the pixels may differ. */
	private static final double SHARE = .004;

	private final Display display;

	Screen(Display display) {
		this.display = display;
	}

	/** Fails with what did not come. */
	void await(String what, BooleanSupplier there) {
		await(() -> what, there);
	}

	void await(Supplier<String> what, BooleanSupplier there) {
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (!there.getAsBoolean()) {
			assertTrue(System.nanoTime() < deadline, () -> what.get() + " did not come; the screen is in " + shot());
			pump(20);
		}
	}

	/** Lets the windows go on for a while. */
	void pump(long millis) {
		long until = System.nanoTime() + millis * 1_000_000;
		do {
			while (display.readAndDispatch()) {
				// goes on
			}
			try {
				Thread.sleep(2);
			} catch (InterruptedException e) {
				throw new IllegalStateException(e);
			}
		} while (System.nanoTime() < until);
	}

	/** What mouse and keyboard do, in words of xdotool. */
	void input(List<String> words) {
		List<String> command = new ArrayList<>(List.of("xdotool"));
		command.addAll(words);
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			while (process.isAlive()) {
				pump(5);
			}
			assertEquals(0, process.exitValue(), () -> command + ": " + said(process));
		} catch (IOException e) {
			throw new AssertionError("the mouse cannot be moved: is xdotool there?", e);
		}
		pump(30);
	}

	private static String said(Process process) {
		try {
			return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		} catch (IOException e) {
			return e.toString();
		}
	}

	/** Gives the keyboard to a window, as a window manager does it; there may be none here. */
	void focus(Shell shell) {
		shell.forceActive();
		input(List.of("search", "--onlyvisible", "--name", "^" + shell.getText().replaceAll("[^A-Za-z0-9 ]", "."), "windowfocus"));
		await("the keyboard", () -> display.getActiveShell() == shell);
	}

	private static List<String> move(Control control, int x, int y) {
		Point at = control.toDisplay(x, y);
		return List.of("mousemove", String.valueOf(at.x), String.valueOf(at.y), "sleep", "0.03");
	}

	/** Clicks with the left button. */
	void click(Control control, Point at) {
		List<String> words = new ArrayList<>(move(control, at.x, at.y));
		words.addAll(List.of("click", "1"));
		input(words);
	}

	/** Puts the mouse where nothing is. */
	void aside() {
		input(List.of("mousemove", "2", "2"));
	}

	/** Drags with the left button, in steps. */
	void drag(Control control, Point from, Point to) {
		List<String> words = new ArrayList<>(move(control, from.x, from.y));
		words.addAll(List.of("mousedown", "1", "sleep", "0.03"));
		int steps = 8;
		for (int i = 1; i <= steps; i++) {
			words.addAll(move(control, from.x + (to.x - from.x) * i / steps, from.y + (to.y - from.y) * i / steps));
		}
		words.addAll(List.of("mouseup", "1"));
		input(words);
	}

	/** What the screen shows where a control is. */
	ImageData seen(Control control) {
		Point from = control.toDisplay(0, 0);
		Point size = control.getSize();
		return seen(new Rectangle(from.x, from.y, size.x, size.y));
	}

	private ImageData seen(Rectangle part) {
		Image image = new Image(display, part.width, part.height);
		GC gc = new GC(display);
		try {
			gc.copyArea(image, part.x, part.y);
			return image.getImageData();
		} finally {
			gc.dispose();
			image.dispose();
		}
	}

	/** Where the top of a resource is seen in a twin. */
	static Point at(TwinCanvas canvas, String id) {
		Node node = canvas.picture().orElseThrow().scene().node(id).orElseThrow();
		Vector3f at = Camera.project(canvas.picture().orElseThrow().camera().matrix(canvas.aspect()), node.x(), node.y(), node.height());
		Point size = canvas.control().getSize();
		return new Point(Math.round(at.x * size.x), Math.round(at.y * size.y));
	}

	/** Waits until a twin shows, pixel by pixel, what its picture is when it is drawn elsewhere. */
	void awaitPicture(TwinCanvas canvas) {
		await("a first picture", () -> canvas.picture().isPresent());
		await(() -> wrong(canvas), () -> differs(canvas) < SHARE);
	}

	private double differs(TwinCanvas canvas) {
		Point size = canvas.control().getSize();
		Frame frame = canvas.picture().orElseThrow().frame();
		return frame.width() == size.x && frame.height() == size.y ? difference(drawn(frame), seen(canvas.control())) : 1;
	}

	/** What is seen instead, with the names of files that show it. */
	private String wrong(TwinCanvas canvas) {
		Path folder = folder();
		write(drawn(canvas.picture().orElseThrow().frame()), folder.resolve("should.png"));
		write(seen(canvas.control()), folder.resolve("is.png"));
		return "the right picture (%.1f %% differ; see %s/{should,is}.png)".formatted(100 * differs(canvas), folder);
	}

	/** Keeps all of the screen in a file. */
	private Path shot() {
		Path file = folder().resolve("screen.png");
		write(seen(display.getBounds()), file);
		return file;
	}

	private static Path folder() {
		try {
			return Files.createDirectories(Path.of("target", "screen")).toAbsolutePath();
		} catch (IOException e) {
			throw new AssertionError(e);
		}
	}

	private static void write(ImageData picture, Path file) {
		ImageLoader loader = new ImageLoader();
		loader.data = new ImageData[] { picture };
		loader.save(file.toString(), SWT.IMAGE_PNG);
	}

	private static ImageData drawn(Frame frame) {
		try (OffscreenTarget target = OffscreenTarget.create(frame.width(), frame.height())) {
			target.draw(frame, 0);
			return target.picture();
		} catch (GlUnavailableException e) {
			throw new AssertionError(e);
		}
	}

	/** The share of the pixels that differ; all where the sizes do. */
	static double difference(ImageData one, ImageData other) {
		if (one.width != other.width || one.height != other.height) {
			return 1;
		}
		long differ = 0;
		for (int y = 0; y < one.height; y++) {
			for (int x = 0; x < one.width; x++) {
				var was = one.palette.getRGB(one.getPixel(x, y));
				var is = other.palette.getRGB(other.getPixel(x, y));
				differ += Math.max(Math.abs(was.red - is.red), Math.max(Math.abs(was.green - is.green), Math.abs(was.blue - is.blue))) > COLOUR ? 1 : 0;
			}
		}
		return (double) differ / ((long) one.width * one.height);
	}
}
