// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.stream;

import java.nio.ByteBuffer;
import java.util.function.Function;

import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.eclipse.jetty.websocket.common.WebSocketSession;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.OpCode;

/** Reads by a WebSocket: each text message is a CloudEvent. What the other side says is not listened to. Public for Jetty, which calls it. */
public final class SocketReader implements Session.Listener.AutoDemanding {
	private final Function<Session, FeedReader> open;
	private volatile FeedReader reader;

	/**
	 * @param open makes the reader of a session
	 */
	SocketReader(Function<Session, FeedReader> open) {
		this.open = open;
	}

	@Override
	public void onWebSocketOpen(Session session) {
		reader = open.apply(session);
		reader.begin();
	}

	@Override
	public void onWebSocketError(Throwable cause) {
		end();
	}

	@Override
	public void onWebSocketClose(int status, String reason, org.eclipse.jetty.websocket.api.Callback callback) {
		end();
		callback.succeed();
	}

	private void end() {
		FeedReader reading = reader;
		if (reading != null) {
			reading.gone();
		}
	}

	/** Writes to a session. */
	static final class Writer extends FeedReader {
		private final Session session;
		private final CoreSession core;

		Writer(StateFeed feed, String seen, Runnable ended, Session session) {
			super(feed, seen, ended);
			this.session = session;
			// a text that is sent by the session is encoded for each reader anew
			core = ((WebSocketSession) session).getCoreSession();
		}

		@Override
		void write(Frame frame, Callback done) {
			core.sendFrame(new org.eclipse.jetty.websocket.core.Frame(OpCode.TEXT, true, frame.message()), done, false);
		}

		@Override
		void writeBeat(Callback done) {
			session.sendPing(ByteBuffer.allocate(0), org.eclipse.jetty.websocket.api.Callback.from(done::succeeded, done::failed));
		}

		@Override
		void disconnect(Throwable cause) {
			if (cause instanceof StateFeed.TooSlowException) {
				// a close frame would wait behind what is not read
				session.disconnect();
			} else {
				session.close(StatusCode.SHUTDOWN, cause.getMessage(), org.eclipse.jetty.websocket.api.Callback.NOOP);
			}
		}
	}
}
