// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.stream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Reads by server-sent events. */
final class EventReader extends FeedReader {
	private static final byte[] BEAT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

	private final Response response;
	private final Callback callback;

	EventReader(StateFeed feed, String seen, Runnable ended, Response response, Callback callback) {
		super(feed, seen, ended);
		this.response = response;
		this.callback = callback;
		response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream;charset=utf-8");
		response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
		// a proxy of nginx would collect events otherwise
		response.getHeaders().put("X-Accel-Buffering", "no");
	}

	@Override
	void write(Frame frame, Callback done) {
		response.write(false, ByteBuffer.wrap(frame.event()), done);
	}

	@Override
	void writeBeat(Callback done) {
		response.write(false, ByteBuffer.wrap(BEAT), done);
	}

	@Override
	void disconnect(Throwable cause) {
		callback.failed(cause);
	}
}
