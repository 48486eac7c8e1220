// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.twin;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.scene.Camera;
import io.shadowweaver.scene.Dimming;
import io.shadowweaver.scene.Picker;
import io.shadowweaver.scene.SceneBuilder;
import io.shadowweaver.scene.SceneModel;
import io.shadowweaver.scene.ViewSettings;
import io.shadowweaver.scene.draw.FrameBuilder;
import io.shadowweaver.scene.draw.GlyphAtlas;

/**
 * Makes scenes and fills the buffers of frames, so that the UI thread only issues draw calls. Works on the newest request;
 * those in between are dropped.
 */
final class SceneThread implements AutoCloseable {
	private static final System.Logger LOG = System.getLogger(SceneThread.class.getName());

	/**
	 * What to make a picture of.
	 *
	 * @param state   the estate
	 * @param past    values at the cursor
	 * @param silence how old the state is on the wall
	 * @param view    what the operator chose
	 * @param camera  from where; {@code null} for all of it
	 * @param width   in pixels of the device
	 * @param height  in pixels of the device
	 * @param scale   pixels of the device in a point
	 * @param atlas   the glyphs
	 * @param budget  how many blocks are boxes
	 * @param matching ids of the resources that match what is looked for; empty where nothing is
	 */
	record Request(WeaverState state, io.shadowweaver.ui.core.PastValues past, Duration silence, ViewSettings view, Camera camera, int width, int height, float scale,
			GlyphAtlas atlas, int budget, java.util.Optional<java.util.Set<String>> matching) {
	}

	/**
	 * A picture, ready to be drawn.
	 *
	 * @param scene  what is seen
	 * @param picker finds what is under the mouse
	 * @param camera from where
	 * @param frame  the buffers
	 */
	record Picture(SceneModel scene, Picker picker, Camera camera, io.shadowweaver.scene.draw.Frame frame) {
	}

	private record Beside(Request request, UnaryOperator<ViewSettings> otherwise, CompletableFuture<SceneModel> model) {
	}

	private final Queue<Beside> besides = new ConcurrentLinkedQueue<>();
	private final Consumer<Picture> done;
	private final SceneBuilder builder = new SceneBuilder();
	private final Semaphore signal = new Semaphore(0);
	private final Thread thread = new Thread(this::work, "shadowweaver-scene");
	private volatile Request wanted;
	private volatile boolean closed;
	private Request made;
	private SceneModel scene;
	private Picker picker;

	/**
	 * @param done takes each picture, on the scene thread; must return at once
	 */
	SceneThread(Consumer<Picture> done) {
		this.done = done;
		thread.setDaemon(true);
		thread.start();
	}

	/** Asks for a picture; any thread, returns at once. */
	void request(Request request) {
		wanted = request;
		signal.release();
	}

	/**
	 * Makes the scene of a request with other settings, laid out as the pictures are; any thread, returns at once.
	 *
	 * @return cancelled when this is closed before
	 */
	CompletableFuture<SceneModel> scene(Request request, UnaryOperator<ViewSettings> otherwise) {
		CompletableFuture<SceneModel> model = new CompletableFuture<>();
		besides.add(new Beside(request, otherwise, model));
		signal.release();
		if (closed) {
			model.cancel(false);
		}
		return model;
	}

	private void makeBesides() {
		for (Beside beside = besides.poll(); beside != null; beside = besides.poll()) {
			try {
				beside.model.complete(build(beside.request, beside.otherwise.apply(beside.request.view)));
			} catch (RuntimeException e) {
				beside.model.completeExceptionally(e);
			}
		}
	}

	private SceneModel build(Request request, ViewSettings view) {
		SceneModel whole = builder.build(request.state, view, request.past::value, request.silence);
		return request.matching.map(ids -> Dimming.of(whole, ids)).orElse(whole);
	}

	private void work() {
		while (!closed) {
			try {
				signal.acquire();
				signal.drainPermits();
				makeBesides();
				Request request = wanted;
				if (request != null && !request.equals(made) && request.width > 0 && request.height > 0) {
					make(request);
				}
			} catch (InterruptedException e) {
				return;
			} catch (RuntimeException e) {
				LOG.log(System.Logger.Level.ERROR, "A picture of the twin could not be made; the next state is tried.", e);
			}
		}
	}

	private void make(Request request) {
		boolean same = made != null && made.state == request.state && made.view.equals(request.view) && made.past == request.past
				&& made.silence.equals(request.silence) && made.matching.equals(request.matching);
		if (!same || scene == null) {
			scene = build(request, request.view);
			picker = Picker.of(scene);
		}
		Camera camera = request.camera != null ? request.camera : Camera.fit(scene.bounds(), (float) request.width / request.height, free(request.height / request.scale));
		made = request;
		done.accept(new Picture(scene, picker, camera,
				FrameBuilder.build(scene, camera, request.width, request.height, request.scale, request.atlas, request.budget)));
	}

	/** The share of the height that the sentence takes. */
	static float free(float points) {
		return Math.clamp(55 / Math.max(points, 1), 0, .3f);
	}

	@Override
	public void close() {
		closed = true;
		thread.interrupt();
		besides.forEach(beside -> beside.model.cancel(false));
	}
}
