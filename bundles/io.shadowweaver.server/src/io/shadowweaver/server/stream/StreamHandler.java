// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.stream;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.kit.state.StateWriter;
import io.shadowweaver.server.security.Caller;
import io.shadowweaver.server.security.Gate;
import io.shadowweaver.server.security.StreamSlots;

/**
 * Streams of state differences at {@code /api/v1/estates/ID/events}: a WebSocket where one is asked for, server-sent events otherwise.
 * Neither holds a thread. A reader that says which event it has seen last, by {@code Last-Event-ID} or the parameter
 * {@code lastEventId}, goes on behind it as long as the next one is kept; otherwise it gets the full state first. With the parameter
 * {@code detail=whole} events hold all of a state, bands of forecasts and both shadows included, as {@link StateWriter} writes it.
 */
public final class StreamHandler extends Handler.Wrapper {
	private static final Pattern PATH = Pattern.compile("/api/v1/estates/([^/]+)/events");
	private static final String WHOLE = "whole";
	private static final String SUBPROTOCOL = "cloudevents.json";
	private static final int BEAT_SECONDS = 15;
	/** So long is a feed kept that nobody reads, for those who come back. */
	private static final int KEPT_BEATS = 40;

	/** A feed is of an estate, in one of two details: whole ones are much larger, so nobody else waits for them. */
	private record Place(Weaver weaver, boolean whole) {
	}

	private final Supplier<List<Weaver>> estates;
	private final Differences differences;
	private final Gate.Refusal refusal;
	private final StreamSlots slots;
	private final Map<Place, StateFeed> feeds = new HashMap<>();
	private ScheduledExecutorService worker;
	private ExecutorService wholeWorker;
	private ServerWebSocketContainer sockets;

	/**
	 * Streams nothing before it is started.
	 *
	 * @param estates what to stream; asked at each request
	 * @param json    writes what events hold
	 * @param refusal how what cannot be streamed is told
	 * @param slots   counts streams
	 */
	public StreamHandler(Supplier<List<Weaver>> estates, ObjectMapper json, Gate.Refusal refusal, StreamSlots slots) {
		this.estates = estates;
		this.refusal = refusal;
		this.slots = slots;
		differences = new Differences(json);
	}

	@Override
	protected void doStart() throws Exception {
		worker = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("api-streams").factory());
		worker.scheduleAtFixedRate(this::beat, BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
		wholeWorker = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("api-streams-whole").factory());
		sockets = ServerWebSocketContainer.ensure(getServer());
		super.doStart();
	}

	@Override
	protected void doStop() throws Exception {
		worker.shutdownNow();
		wholeWorker.shutdownNow();
		List<StateFeed> all;
		synchronized (feeds) {
			all = List.copyOf(feeds.values());
			feeds.clear();
		}
		for (StateFeed feed : all) {
			feed.end();
		}
		super.doStop();
	}

	private void beat() {
		long now = System.nanoTime();
		List<Weaver> there = estates.get();
		List<StateFeed> gone;
		List<StateFeed> all;
		synchronized (feeds) {
			gone = feeds.entrySet().stream().filter(feed -> !there.contains(feed.getKey().weaver()) || feed.getValue().lonely() > KEPT_BEATS).map(Map.Entry::getValue).toList();
			feeds.values().removeAll(gone);
			all = List.copyOf(feeds.values());
		}
		for (StateFeed feed : gone) {
			end(feed);
		}
		all.forEach(feed -> feed.readers().forEach(reader -> reader.beat(now)));
	}

	private static void end(StateFeed feed) {
		try {
			feed.end();
		} catch (Exception e) {
			System.getLogger(StreamHandler.class.getName()).log(System.Logger.Level.WARNING, "a stream did not end well", e);
		}
	}

	@Override
	public boolean handle(Request request, Response response, Callback callback) throws Exception {
		Matcher path = PATH.matcher(Request.getPathInContext(request));
		if (!path.matches()) {
			return super.handle(request, response, callback);
		}
		if (!request.getMethod().equals("GET")) {
			refusal.answer(response, callback, 405, "A stream is read by GET.", Map.of("Allow", "GET"));
			return true;
		}
		String id = URLDecoder.decode(path.group(1), StandardCharsets.UTF_8);
		Weaver weaver = estates.get().stream().filter(one -> one.config().id().equals(id)).findFirst().orElse(null);
		if (weaver == null) {
			refusal.answer(response, callback, 404, "There is no estate '" + id + "'.", Map.of());
			return true;
		}
		String detail = Request.extractQueryParameters(request).getValue("detail");
		if (detail != null && !detail.equals(WHOLE)) {
			refusal.answer(response, callback, 400, "detail can be '" + WHOLE + "' or left out.", Map.of());
			return true;
		}
		String caller = request.getAttribute(Caller.ATTRIBUTE) instanceof Caller known ? known.name() : Caller.LOCAL;
		Optional<StreamSlots.Slot> slot = slots.take(caller);
		if (slot.isEmpty()) {
			refusal.answer(response, callback, 503, "There are as many streams already as there may be.", Map.of("Retry-After", Integer.toString(BEAT_SECONDS)));
			return true;
		}
		Runnable ended = slot.get()::close;
		try {
			stream(request, response, callback, feed(new Place(weaver, WHOLE.equals(detail))), ended);
		} catch (Exception e) {
			ended.run();
			throw e;
		}
		return true;
	}

	private void stream(Request request, Response response, Callback callback, StateFeed feed, Runnable ended) throws Exception {
		Fields query = Request.extractQueryParameters(request);
		HttpField header = request.getHeaders().getField("Last-Event-ID");
		String seen = header == null ? query.getValue("lastEventId") : header.getValue();
		if (request.getHeaders().contains(HttpHeader.UPGRADE)) {
			boolean upgraded = sockets.upgrade((asked, answer, done) -> {
				if (asked.hasSubProtocol(SUBPROTOCOL)) {
					answer.setAcceptedSubProtocol(SUBPROTOCOL);
				}
				// each session would pack each event by itself
				answer.setExtensions(List.of());
				return new SocketReader(session -> new SocketReader.Writer(feed, seen, ended, session));
			}, request, response, callback);
			if (!upgraded) {
				ended.run();
				refusal.answer(response, callback, 400, "This is no handshake of a WebSocket.", Map.of());
			}
			return;
		}
		// silence is no fault of a stream: it is broken by a beat
		request.addIdleTimeoutListener(timeout -> false);
		EventReader reader = new EventReader(feed, seen, ended, request, response, callback);
		request.addFailureListener(cause -> reader.gone());
		reader.begin();
	}

	/** To hand bytes to a socket copies them: all cores do so, and none of them waits for a reader. */
	private static void write(Runnable task) {
		Thread.startVirtualThread(task);
	}

	private static byte[] whole(WeaverState before, WeaverState now) {
		return StateWriter.between(before, now).getBytes(StandardCharsets.UTF_8);
	}

	private StateFeed feed(Place place) {
		synchronized (feeds) {
			StateFeed feed = feeds.computeIfAbsent(place, one -> {
				byte[] nonce = new byte[4];
				new SecureRandom().nextBytes(nonce);
				String id = HexFormat.of().formatHex(nonce);
				return one.whole() ? new StateFeed(one.weaver(), StreamHandler::whole, wholeWorker, StreamHandler::write, id)
						: new StateFeed(one.weaver(), differences::between, worker, StreamHandler::write, id);
			});
			feed.touch();
			return feed;
		}
	}
}
