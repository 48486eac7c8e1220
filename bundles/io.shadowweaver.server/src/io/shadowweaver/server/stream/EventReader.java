// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.stream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingNestedCallback;

/** Reads by server-sent events, in gzip where that is accepted. */
final class EventReader extends FeedReader {
	private static final String GZIP = "gzip";
	private static final byte[] BEAT = ":\n\n".getBytes(StandardCharsets.US_ASCII);
	private static final byte[] PACKED_BEAT = Gzip.pack(BEAT);
	/** What is handed to a socket is copied first, all of it, however little of it goes out: so no more than it may take. */
	private static final int SLICE = 256 << 10;

	private final Response response;
	private final Callback callback;
	private final boolean packs;
	private boolean begun;

	EventReader(StateFeed feed, String seen, Runnable ended, Request request, Response response, Callback callback) {
		super(feed, seen, ended);
		this.response = response;
		this.callback = callback;
		packs = request.getHeaders().getQualityCSV(HttpHeader.ACCEPT_ENCODING).contains(GZIP);
		response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream;charset=utf-8");
		response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
		response.getHeaders().put(HttpHeader.VARY, HttpHeader.ACCEPT_ENCODING.asString());
		if (packs) {
			response.getHeaders().put(HttpHeader.CONTENT_ENCODING, GZIP);
		}
		// a proxy of nginx would collect events otherwise
		response.getHeaders().put("X-Accel-Buffering", "no");
	}

	@Override
	void write(Frame frame, Callback done) {
		write(packs ? frame.packed() : frame.event(), done);
	}

	@Override
	void writeBeat(Callback done) {
		write(ByteBuffer.wrap(packs ? PACKED_BEAT : BEAT), done);
	}

	private void write(ByteBuffer bytes, Callback done) {
		boolean first = packs && !begun;
		begun = true;
		if (!first && bytes.remaining() <= SLICE) {
			response.write(false, bytes, done);
			return;
		}
		new Slices(bytes, first ? ByteBuffer.wrap(Gzip.header()) : null, done).iterate();
	}

	@Override
	void disconnect(Throwable cause) {
		callback.failed(cause);
	}

	/** Writes one slice after the other. */
	private final class Slices extends IteratingNestedCallback {
		private final ByteBuffer rest;
		private ByteBuffer before;

		Slices(ByteBuffer rest, ByteBuffer before, Callback done) {
			super(done);
			this.rest = rest;
			this.before = before;
		}

		@Override
		protected Action process() {
			ByteBuffer slice = before;
			before = null;
			if (slice == null) {
				if (!rest.hasRemaining()) {
					return Action.SUCCEEDED;
				}
				int length = Math.min(SLICE, rest.remaining());
				slice = rest.slice(rest.position(), length);
				rest.position(rest.position() + length);
			}
			response.write(false, slice, this);
			return Action.SCHEDULED;
		}
	}
}
