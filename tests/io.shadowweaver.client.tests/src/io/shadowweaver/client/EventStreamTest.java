// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

class EventStreamTest {
	private static EventStream of(String text) {
		return new EventStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
	}

	@Test
	void eventsComeOneByOneAndBeatsAreNone() throws IOException {
		EventStream events = of(":\n\nid: a-1\nevent: state\ndata: {\"ü\":1}\n\n:\n\nretry: 5\nid:a-2\nevent:change\ndata:x\ndata: y\n\n");
		assertEquals(new EventStream.Event("a-1", "state", "{\"ü\":1}"), events.next());
		assertEquals(new EventStream.Event("a-2", "change", "x\ny"), events.next());
		assertNull(events.next());
		assertFalse(events.isSilent());
	}

	@Test
	void anEventThatWasCutOffIsNone() throws IOException {
		assertNull(of("id: a-1\nevent: state\ndata: {\"half\":").next());
		assertNull(of("id: a-1\nevent: state\ndata: {}\n").next());
	}
}
