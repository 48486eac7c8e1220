// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Reads many streams of one estate on one thread, in a process of its own. When each stream has had an event to its last byte, that
 * round is a line on the standard output: the bytes of the event, and when each had it, in microseconds of the epoch.
 */
public final class StreamReaders {
	private static final int BUFFER = 256 << 10;
	/** What is shorter says that the stream lives. */
	private static final int SHORTEST = 64;
	/** How a block ends that was deflated and flushed. */
	private static final int FLUSHED = 0x0000FFFF;

	/** How streams are read. */
	public enum Kind {
		/** Server-sent events as they are. */
		EVENTS(""),
		/** Server-sent events in gzip. */
		GZIP("Accept-Encoding: gzip\r\n"),
		/** A WebSocket. */
		SOCKETS("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");

		private final String headers;

		Kind(String headers) {
			this.headers = headers;
		}
	}

	private final Kind kind;
	private final long[] times;
	private int had;
	private long bytes;

	private StreamReaders(Kind kind, int count) {
		this.kind = kind;
		times = new long[count];
	}

	/** {@code PORT PATH COUNT KIND}: reads until its standard output is closed or it is ended. */
	public static void main(String[] arguments) throws IOException {
		Kind kind = Kind.valueOf(arguments[3]);
		int count = Integer.parseInt(arguments[2]);
		new StreamReaders(kind, count).read(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])), arguments[1]);
	}

	private void read(InetSocketAddress server, String path) throws IOException {
		String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.getPort() + "\r\n" + kind.headers + "\r\n";
		Selector selector = Selector.open();
		for (int i = 0; i < times.length; i++) {
			SocketChannel channel = SocketChannel.open(server);
			channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
			channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
			channel.configureBlocking(false);
			channel.register(selector, SelectionKey.OP_READ, new One());
		}
		ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
		while (!System.out.checkError()) {
			selector.select();
			for (SelectionKey key : selector.selectedKeys()) {
				buffer.clear();
				if (((SocketChannel) key.channel()).read(buffer) < 0) {
					throw new IOException("a stream was closed after " + bytes + " B");
				}
				((One) key.attachment()).take(buffer.flip());
			}
			selector.selectedKeys().clear();
		}
	}

	/** An event has come whole. */
	private void event(long length) {
		times[had++] = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
		bytes = length;
		if (had == times.length) {
			had = 0;
			StringBuilder line = new StringBuilder().append(bytes);
			for (long time : times) {
				line.append(' ').append(time);
			}
			System.out.println(line);
		}
	}

	/** One stream: the head of the answer, then chunks of HTTP or frames of a WebSocket. */
	private final class One {
		private final StringBuilder head = new StringBuilder();
		private boolean open;
		/** Bytes of the chunk or frame that are still to come. */
		private long left;
		private long length;
		private int tail;
		private int digits;
		private long size;
		private boolean last;

		void take(ByteBuffer in) throws IOException {
			while (in.hasRemaining()) {
				if (!open) {
					head((char) in.get());
				} else if (left == 0) {
					if (kind == Kind.SOCKETS) {
						frame(in.get() & 0xFF);
					} else {
						chunk((char) in.get());
					}
				} else {
					content(in, (int) Math.min(left, in.remaining()));
				}
			}
		}

		private void head(char next) throws IOException {
			head.append(next);
			if (head.length() >= 4 && head.indexOf("\r\n\r\n", head.length() - 4) >= 0) {
				String status = head.substring(0, head.indexOf("\r\n"));
				if (!status.contains(kind == Kind.SOCKETS ? " 101" : " 200") || kind == Kind.GZIP != head.toString().toLowerCase(java.util.Locale.ROOT).contains("content-encoding: gzip")) {
					throw new IOException("not a stream of " + kind + ": " + head);
				}
				open = true;
			}
		}

		/** The line with the size of a chunk, and the end of the line behind the chunk before. */
		private void chunk(char next) {
			int digit = Character.digit(next, 16);
			if (digit >= 0) {
				size = size * 16 + digit;
				digits++;
			} else if (next == '\n' && digits > 0) {
				left = size;
				size = 0;
				digits = 0;
			}
		}

		/** The two bytes at the beginning of a frame, and its length where that is not in the second. */
		private void frame(int next) {
			if (digits == 0) {
				last = (next & 0x80) != 0;
				digits = -1;
			} else if (digits == -1) {
				int short1 = next & 0x7F;
				digits = short1 == 126 ? 2 : short1 == 127 ? 8 : 0;
				left = digits == 0 ? short1 : 0;
			} else {
				size = size << 8 | next;
				if (--digits == 0) {
					left = size;
					size = 0;
				}
			}
		}

		private void content(ByteBuffer in, int count) {
			for (int i = Math.max(0, count - 4); i < count; i++) {
				tail = tail << 8 | in.get(in.position() + i) & 0xFF;
			}
			in.position(in.position() + count);
			length += count;
			left -= count;
			if (left == 0 && isEnd()) {
				if (length >= SHORTEST) {
					event(length);
				}
				length = 0;
			}
		}

		private boolean isEnd() {
			return switch (kind) {
			case EVENTS -> (tail & 0xFFFF) == ('\n' << 8 | '\n');
			case GZIP -> tail == FLUSHED;
			case SOCKETS -> last;
			};
		}
	}
}
