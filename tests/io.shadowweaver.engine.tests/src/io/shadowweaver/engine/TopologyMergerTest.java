// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.topology.Construction;
import io.shadowweaver.api.topology.Lifecycle;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.Topology;
import io.shadowweaver.api.topology.TopologyChange.ResourceGone;
import io.shadowweaver.api.topology.TopologyChange.ResourceSeen;

class TopologyMergerTest {
	private final TopologyMerger merger = new TopologyMerger();

	private static Resource coming(String id, Map<String, String> labels) {
		Instant now = Instant.EPOCH;
		return new Resource(id, "vm", id, "", labels, Map.of("cpu", 2.), Lifecycle.BUILDING,
				Optional.of(new Construction("p", now, now, now, .5)));
	}

	@Test
	void aMachineThatTwoReportIsOneUnderTheFirstsName() {
		merger.reporter("prometheus");
		merger.reporter("cloud");
		merger.apply("cloud", List.of(new ResourceSeen(Resource.live("i-1", "vm", "web-1",
				Map.of(Resource.PROVIDER, "c", Resource.INSTANCE, "1", Resource.ZONE, "a"), Map.of("cpu", 4.)))));
		merger.apply("prometheus", List.of(new ResourceSeen(Resource.live("host1", "host", "host1",
				Map.of(Resource.PROVIDER, "c", Resource.INSTANCE, "1", "job", "node"), Map.of()))));
		Topology topology = merger.topology();
		assertEquals(List.of("host1"), List.copyOf(topology.resources().keySet()));
		Resource one = topology.resource("host1").orElseThrow();
		assertEquals("a", one.label(Resource.ZONE));
		assertEquals("node", one.label("job"));
		assertEquals(4, one.capacity("cpu"));
	}

	@Test
	void whatIsMeasuredIsNotComing() {
		merger.reporter("source");
		merger.reporter("provisioner");
		merger.replaceResources("provisioner", List.of(new ResourceSeen(coming("web-9", Map.of(Resource.TOKEN, "t")))));
		assertEquals(Lifecycle.BUILDING, merger.topology().resource("web-9").orElseThrow().lifecycle());
		merger.apply("source", List.of(new ResourceSeen(Resource.live("vm9", "vm", "vm9", Map.of(Resource.TOKEN, "t"), Map.of()))));
		assertEquals(1, merger.topology().resources().size());
		assertEquals(Lifecycle.LIVE, merger.topology().resource("vm9").orElseThrow().lifecycle());
	}

	@Test
	void oneIdThatIsReportedTwiceIsOneResourceAndNoOtherIsLost() {
		merger.reporter("prometheus");
		merger.reporter("cloud");
		Resource other = Resource.live("b", "vm", "b", Map.of(), Map.of());
		merger.apply("prometheus", List.of(new ResourceSeen(Resource.live("a", "vm", "first", Map.of("x", "1"), Map.of())), new ResourceSeen(other),
				new ResourceSeen(Resource.live("a", "vm", "second", Map.of("y", "2"), Map.of("cpu", 4.)))));
		merger.apply("cloud", List.of(new ResourceSeen(Resource.live("a", "database", "third", Map.of("y", "3", Resource.ZONE, "z"), Map.of("memory", 8.)))));
		Topology topology = merger.topology();
		assertEquals(2, topology.resources().size());
		Resource one = topology.resource("a").orElseThrow();
		assertEquals("second", one.name(), "the newest of the reporter that is believed");
		assertEquals("vm", one.kind());
		assertEquals(Map.of("y", "2", Resource.ZONE, "z"), one.labels(), "another one fills what that leaves open");
		assertEquals(Map.of("cpu", 4., "memory", 8.), one.capacity());
		assertEquals(Optional.of(other), topology.resource("b"));
		merger.apply("prometheus", List.of(new ResourceGone("a")));
		assertEquals("third", merger.topology().resource("a").orElseThrow().name(), "gone for one, not for the other");
	}

	@Test
	void goneIsGoneAndNothingNewIsTheSameObject() {
		merger.apply("s", List.of(new ResourceSeen(Resource.live("a", "vm", "a", Map.of(), Map.of()))));
		Topology before = merger.topology();
		merger.apply("s", List.of(new ResourceSeen(Resource.live("a", "vm", "a", Map.of(), Map.of()))));
		assertSame(before, merger.topology());
		merger.apply("s", List.of(new ResourceGone("a")));
		assertTrue(merger.topology().resources().isEmpty());
	}
}
