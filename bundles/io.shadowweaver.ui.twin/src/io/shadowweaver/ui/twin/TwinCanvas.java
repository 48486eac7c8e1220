// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;

import io.shadowweaver.gl.CanvasTarget;
import io.shadowweaver.gl.GlUnavailableException;
import io.shadowweaver.gl.GlyphSource;
import io.shadowweaver.scene.Camera;
import io.shadowweaver.scene.Narration;
import io.shadowweaver.scene.Place;
import io.shadowweaver.scene.SceneModel;
import io.shadowweaver.scene.ViewSettings;
import io.shadowweaver.scene.draw.FrameBuilder;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Palettes;
import io.shadowweaver.ui.core.Spoken;

/**
 * The canvas with the scene. Draws when something has changed, and while something pulses 12 times a second; otherwise not at
 * all. UI thread only.
 */
final class TwinCanvas {
	private static final System.Logger LOG = System.getLogger(TwinCanvas.class.getName());
	private static final int PULSE_MILLIS = 80;
	private static final int STEP_MILLIS = 16;
	private static final long FLIGHT_MILLIS = 350;
	private static final long SLOW_NANOS = 33_000_000;
	/** A picture that stands still is drawn in parts of this length, between which the window stays alive; to show one takes some milliseconds more. */
	private static final long SLICE_NANOS = 12_000_000;
	private static final int REFINE_MILLIS = 180;
	/** With cells this wide every patch is open. */
	private static final float OPEN_POINTS = 8;
	private static final int SILENCE_MILLIS = 10_000;

	private final CanvasTarget target;
	private final Spoken spoken;
	private final Display display;
	private final Palettes palettes;
	private final SceneThread scenes;
	private GlyphSource glyphs;
	private TwinSettings settings = TwinSettings.START;
	private Frame frame;
	private long arrived = System.nanoTime();
	private long version = -1;
	private String hover = "";
	private double morph;
	private Camera camera;
	private SceneThread.Picture shown;
	private SceneThread.Request asked;
	private int flight;
	private long moved = System.nanoTime() - 1_000_000_000;
	private boolean slow;
	private long drawing;
	private io.shadowweaver.scene.draw.Frame drawn;
	/** What is drawn in part; {@code null} for nothing. */
	private io.shadowweaver.scene.draw.Frame begun;
	private boolean pulsing;
	private long frames;
	private boolean toldFirst;
	private String told = "";
	private final List<Consumer<String>> toldElsewhere = new ArrayList<>();
	private final List<Runnable> chosenElsewhere = new ArrayList<>();
	private final List<Consumer<Camera>> movedElsewhere = new ArrayList<>();
	private final Runnable refine = this::request;
	private final Runnable rest = this::drawRest;
	private final Runnable silent = this::listenForSilence;

	TwinCanvas(Composite parent, Palettes palettes) throws GlUnavailableException {
		target = CanvasTarget.create(parent);
		this.palettes = palettes;
		display = parent.getDisplay();
		scenes = new SceneThread(picture -> {
			if (!display.isDisposed()) {
				display.asyncExec(() -> show(picture));
			}
		});
		Control control = target.control();
		control.addListener(SWT.Resize, event -> request());
		spoken = Spoken.name(control, () -> "Twin of " + frame().map(known -> known.state().name()).filter(name -> !name.isBlank()).orElse("the estate")).role(ACC.ROLE_CANVAS)
				.description(this::said);
		control.addListener(SWT.Dispose, event -> scenes.close());
		Runnable end = palettes.listen(this::request);
		control.addListener(SWT.Dispose, event -> end.run());
		control.addListener(SWT.Dispose, event -> display.timerExec(-1, silent));
		control.addListener(SWT.Paint, event -> catchUp());
		display.timerExec(SILENCE_MILLIS, silent);
	}

	Control control() {
		return target.control();
	}

	/** The colours of all windows. */
	Palettes palettes() {
		return palettes;
	}

	/** What draws it. */
	String renderer() {
		return target.renderer();
	}

	/** How many frames were drawn. */
	long frames() {
		return frames;
	}

	/** What is shown; empty before the first picture. */
	Optional<SceneThread.Picture> picture() {
		return Optional.ofNullable(shown);
	}

	/**
	 * The scene that is shown, with something chosen otherwise; after the first picture.
	 *
	 * @return made on the scene thread; cancelled when the twin is closed meanwhile
	 */
	CompletableFuture<SceneModel> scene(UnaryOperator<ViewSettings> otherwise) {
		return scenes.scene(asked, otherwise);
	}

	TwinSettings settings() {
		return settings;
	}

	void settings(TwinSettings chosen) {
		settings = chosen;
		chosenElsewhere.forEach(Runnable::run);
		request();
	}

	/** Calls back when other settings were chosen, wherever that was, or follow from what is shown. */
	void onSettings(Runnable listener) {
		chosenElsewhere.add(listener);
	}

	/** Tells from where it is looked at, whenever that was moved here. */
	void onCamera(Consumer<Camera> listener) {
		movedElsewhere.add(listener);
	}

	/** Looks from where another one does, and tells nobody. */
	void follow(Camera other) {
		if (!other.equals(camera)) {
			flight++;
			look(other);
		}
	}

	/** Shows a newer state. */
	void frame(Frame newest) {
		if (frame == null || !frame.state().estate().equals(newest.state().estate())) {
			camera = null;
		}
		if (newest.state().version() != version) {
			version = newest.state().version();
			arrived = System.nanoTime();
		}
		frame = newest;
		request();
	}

	Optional<Frame> frame() {
		return Optional.ofNullable(frame);
	}

	/** From where it is looked at. */
	Camera camera() {
		return camera != null ? camera : shown != null ? shown.camera() : Camera.fit(new io.shadowweaver.scene.Bounds(0, 0, 1, 1, 1), aspect());
	}

	/** Looks from elsewhere at once. */
	void camera(Camera wanted) {
		flight++;
		move(wanted);
	}

	/** While it moves, a picture that would take too long is drawn with less, and refined when it stands still. */
	private void move(Camera wanted) {
		look(wanted);
		movedElsewhere.forEach(listener -> listener.accept(wanted));
	}

	private void look(Camera wanted) {
		camera = wanted;
		moved = System.nanoTime();
		request();
		if (slow) {
			display.timerExec(REFINE_MILLIS, refine);
		}
	}

	private boolean moving() {
		return System.nanoTime() - moved < REFINE_MILLIS * 900_000L;
	}

	/** While the camera moves or something is dragged, a picture is drawn at once, and with less where all would take too long. */
	private boolean hurried() {
		return moving() || frame.rough();
	}

	/** Moves to elsewhere, at once where motion is not wanted. */
	void fly(Camera wanted) {
		if (palettes.reducedMotion()) {
			camera(wanted);
			return;
		}
		flight++;
		fly(camera(), wanted, System.nanoTime(), flight);
	}

	private void fly(Camera from, Camera to, long start, int number) {
		if (number != flight || control().isDisposed()) {
			return;
		}
		double share = (System.nanoTime() - start) / 1e6 / FLIGHT_MILLIS;
		move(from.towards(to, share));
		if (share < 1) {
			display.timerExec(STEP_MILLIS, () -> fly(from, to, start, number));
		}
	}

	/** All of it. */
	void fit() {
		if (shown != null) {
			fly(camera().fitted(shown.scene().bounds(), aspect(), SceneThread.free(control().getSize().y)));
		}
	}

	/** Close to a resource or group. */
	void flyTo(String id) {
		if (shown == null) {
			return;
		}
		SceneModel scene = shown.scene();
		scene.node(id).ifPresentOrElse(node -> fly(camera().at(node.x(), node.y(), Math.min(camera().extent(), 9))),
				() -> scene.places().stream().filter(place -> place.group().equals(id) || place.id().equals(id))
						.min(java.util.Comparator.comparingDouble(this::distance)).ifPresent(this::dive));
	}

	private double distance(Place place) {
		return Math.hypot(place.centreX() - camera().x(), place.centreY() - camera().y());
	}

	/** So near that what is in a place is seen itself, in its front where the place is too large. */
	private void dive(Place place) {
		float whole = Math.max(place.width(), place.depth()) * (place.kind() == Place.Kind.PATCH ? 2.5f : 1.3f);
		float open = control().getSize().y / OPEN_POINTS;
		boolean large = place.kind() == Place.Kind.PATCH && whole > open && shown.frame().detail().isClosed(place.id());
		fly(camera().at(place.centreX(), place.centreY(), large ? open : whole));
	}

	float aspect() {
		Point size = control().getSize();
		return size.x > 0 && size.y > 0 ? (float) size.x / size.y : 1.6f;
	}

	/** What is under a point of the control. */
	Optional<String> pick(int x, int y) {
		Point size = control().getSize();
		if (shown == null || size.x == 0 || size.y == 0) {
			return Optional.empty();
		}
		return shown.picker().pick(shown.camera().ray((x + .5f) / size.x, (y + .5f) / size.y, aspect()), shown.frame().detail());
	}

	/** The key of the group whose handle is under a point of the control. */
	Optional<String> handle(int x, int y) {
		float scale = target.scale();
		return shown == null ? Optional.empty() : shown.frame().handle(x * scale, y * scale);
	}

	void hover(String id) {
		if (!hover.equals(id)) {
			hover = id;
			request();
		}
	}

	/** Between the chosen shadow (0) and the other one (1). */
	void morph(double share) {
		morph = share;
		request();
	}

	double morph() {
		return morph;
	}

	private void request() {
		if (frame == null || control().isDisposed()) {
			return;
		}
		float scale = target.scale();
		if (glyphs == null || glyphs.scale() != scale) {
			glyphs = new GlyphSource(display, scale);
		}
		ViewSettings view = settings.view(frame, palettes.current(), palettes.reducedMotion(), hover, morph);
		Point size = control().getSize();
		asked = new SceneThread.Request(frame.state(), frame.past(), silence(), view, camera, Math.round(size.x * scale),
				Math.round(size.y * scale), scale, glyphs.atlas(), slow && hurried() ? FrameBuilder.MOVING : FrameBuilder.STILL, frame.matching());
		scenes.request(asked);
	}

	private Duration silence() {
		if (frame.estate() != null && frame.estate().snapshot().isPresent()) {
			// it is as old as it says
			return Duration.ZERO;
		}
		long seconds = (System.nanoTime() - arrived) / 1_000_000_000;
		return seconds < 20 ? Duration.ZERO : Duration.ofSeconds(seconds / 10 * 10);
	}

	/** When no state comes any more, nothing else would say so. */
	private void listenForSilence() {
		if (!control().isDisposed()) {
			if (frame != null && control().isVisible() && !silence().isZero()) {
				request();
			}
			display.timerExec(SILENCE_MILLIS, silent);
		}
	}

	private void show(SceneThread.Picture picture) {
		if (control().isDisposed()) {
			return;
		}
		boolean other = shown == null || shown.scene() != picture.scene();
		boolean flowed = flows();
		shown = picture;
		if (flowed != flows()) {
			chosenElsewhere.forEach(Runnable::run);
		}
		if (other) {
			spoken.changed();
		}
		List<String> missing = missing(picture);
		if (!missing.isEmpty() && glyphs.add(missing)) {
			request();
		}
		draw();
		if (picture.frame().pulses() && !pulsing) {
			pulsing = true;
			display.timerExec(PULSE_MILLIS, this::pulse);
		}
	}

	/** What was told last, and what is selected, or the sentence, in words. */
	private String said() {
		return shown == null || frame == null ? told : (told + " " + Narration.of(shown.scene(), frame.state().metrics())).strip();
	}

	/** Tells the operator something about what the keyboard does; empty when it is done. */
	void tell(String sentence) {
		told = sentence;
		toldElsewhere.forEach(listener -> listener.accept(sentence));
		spoken.changed();
	}

	/** Takes what is told to the operator. */
	void onTold(Consumer<String> listener) {
		toldElsewhere.add(listener);
	}

	/** Where a point of the scene is seen on the control; empty where it is not. */
	Optional<Point> project(float x, float y, float z) {
		Point size = control().getSize();
		return Optional.ofNullable(shown == null ? null : Camera.project(shown.camera().matrix(aspect()), x, y, z))
				.map(at -> new Point(Math.round(at.x * size.x), Math.round(at.y * size.y)));
	}

	private List<String> missing(SceneThread.Picture picture) {
		List<String> texts = new ArrayList<>();
		for (SceneModel.Label label : picture.scene().labels()) {
			if (!glyphs.atlas().covers(label.text())) {
				texts.add(label.text());
			}
		}
		if (!glyphs.atlas().covers(picture.scene().headline().sentence())) {
			texts.add(picture.scene().headline().sentence());
		}
		return texts;
	}

	private void pulse() {
		pulsing = false;
		if (!control().isDisposed() && shown.frame().pulses()) {
			pulsing = true;
			if (watched()) {
				draw();
				display.timerExec(PULSE_MILLIS, this::pulse);
			} else {
				display.timerExec(PULSE_MILLIS * 10, this::pulse);
			}
		}
	}

	private boolean watched() {
		return watched(shown.frame(), control().isVisible() && !control().getShell().getMinimized(), display.getActiveShell() != null);
	}

	/** Whether movement is worth its while: alarms on any screen where they can be seen, flows only in the program that is worked with. */
	static boolean watched(io.shadowweaver.scene.draw.Frame frame, boolean seen, boolean front) {
		return seen && (frame.alarms() || front && frame.flows());
	}

	/** Whether particles move, by choice or because nothing else was chosen. */
	boolean flows() {
		int links = shown == null ? 0 : shown.scene().beams().size();
		return settings.arrangement().moves(links, palettes.reducedMotion());
	}

	private static Duration sinceStart() {
		return ProcessHandle.current().info().startInstant().map(start -> Duration.between(start, Clock.systemUTC().instant())).orElse(Duration.ZERO);
	}

	/** A picture that came while this was hidden was not drawn then, and there may be no other one for a while. */
	private void catchUp() {
		if (shown != null && drawn != shown.frame()) {
			draw();
		}
	}

	private void drawRest() {
		if (!control().isDisposed()) {
			draw();
		}
	}

	private void draw() {
		if (!control().isVisible()) {
			return;
		}
		try {
			// what is begun is ended before what is newer, or nothing would be seen while pictures come faster than they are drawn
			var next = begun == null || hurried() ? shown.frame() : begun;
			boolean done = target.draw(next, System.nanoTime() / 1e9, hurried() ? Long.MAX_VALUE : SLICE_NANOS);
			drawing += target.lastFrameNanos();
			if (!done) {
				begun = next;
				display.timerExec(1, rest);
				return;
			}
			begun = null;
			frames++;
			if (drawn != next && (!hurried() || drawing > SLOW_NANOS)) {
				slow = drawing > SLOW_NANOS;
			}
			drawn = next;
			drawing = 0;
			if (next != shown.frame()) {
				display.timerExec(1, rest);
			}
			if (!toldFirst && !shown.scene().nodes().isEmpty()) {
				toldFirst = true;
				LOG.log(System.Logger.Level.INFO, "The first picture of the twin was drawn " + sinceStart().toMillis() + " ms after the start, by "
						+ target.renderer() + ".");
			}
		} catch (RuntimeException e) {
			LOG.log(System.Logger.Level.ERROR, "The twin could not be drawn.", e);
		}
	}
}
