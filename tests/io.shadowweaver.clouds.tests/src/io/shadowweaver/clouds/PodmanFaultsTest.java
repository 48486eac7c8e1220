// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.clouds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.clouds.FaultyProxy.Fault;

/** Between automation and real containers stands a network that fails in every way: each container that was meant is there exactly once. */
class PodmanFaultsTest {
	private static final String ESTATE = "faults";
	/** After which a client gives a call up, in seconds; the proxy is slower. */
	private static final int DEADLINE = 3;
	private static final Duration SLOW = Duration.ofSeconds(5);

	@TempDir
	Path directory;
	private RealPodman podman;

	@BeforeEach
	void begin() {
		podman = RealPodman.up();
		podman.clear(ESTATE);
	}

	@AfterEach
	void end() {
		if (podman != null) {
			podman.clear(ESTATE);
		}
	}

	private void meets(Fault... faults) throws Exception {
		try (FaultyProxy proxy = new FaultyProxy(podman.endpoint(), SLOW)) {
			proxy.creations(faults);
			Lives lives = PodmanAccount.lives(podman, directory, ESTATE, proxy.endpoint());
			lives.deadline(DEADLINE);
			Set<String> known = lives.toTheEnd();
			assertEquals(0, proxy.waiting(), "every fault was met: " + proxy.log());
			// what was delivered late has arrived by now
			Thread.sleep(SLOW);
			exactlyOnce(podman, ESTATE, known, proxy.log().toString());
		}
	}

	/** What automation knows is what is there, and nothing twice. */
	static void exactlyOnce(RealPodman podman, String estate, Set<String> known, String when) {
		List<RealPodman.Container> there = podman.containers(estate);
		assertEquals(3, known.size(), when);
		assertEquals(known, new TreeSet<>(there.stream().map(RealPodman.Container::token).toList()), "known and there, " + when);
		assertEquals(3, there.size(), "each once, " + when + ": " + there);
		assertTrue(there.stream().allMatch(container -> container.state().equals("running")), when + ": " + there);
	}

	@Test
	void aCreationThatIsSeenOnlyAfterTheClientHasGivenUp() throws Exception {
		meets(Fault.LATE_DELIVERY);
	}

	@Test
	void anAnswerThatComesTooLate() throws Exception {
		meets(Fault.SLOW_ANSWER);
	}

	@Test
	void aRequestThatIsDeliveredTwice() throws Exception {
		meets(Fault.DUPLICATE, Fault.DUPLICATE, Fault.DUPLICATE);
	}

	@Test
	void errorsBeforeAndAfterTheDeed() throws Exception {
		meets(Fault.ERROR_BEFORE, Fault.ERROR_AFTER);
	}

	@Test
	void aConnectionThatBreaksBeforeTheAnswer() throws Exception {
		meets(Fault.BROKEN_CONNECTION);
	}

	@Test
	void containersThatAreMadeAndNotStarted() throws Exception {
		try (FaultyProxy proxy = new FaultyProxy(podman.endpoint(), SLOW)) {
			proxy.next("POST", ".*/containers/[^/]+/start", Fault.ERROR_BEFORE, Fault.BROKEN_CONNECTION);
			Lives lives = PodmanAccount.lives(podman, directory, ESTATE, proxy.endpoint());
			lives.deadline(DEADLINE);
			Set<String> known = lives.toTheEnd();
			assertEquals(0, proxy.waiting(), "every fault was met: " + proxy.log());
			exactlyOnce(podman, ESTATE, known, proxy.log().toString());
		}
	}

	@Test
	void listsThatFailAndListsThatAreSlow() throws Exception {
		try (FaultyProxy proxy = new FaultyProxy(podman.endpoint(), SLOW)) {
			proxy.next("GET", ".*/containers/json", Fault.ERROR_BEFORE, Fault.BROKEN_CONNECTION, Fault.SLOW_ANSWER);
			Lives lives = PodmanAccount.lives(podman, directory, ESTATE, proxy.endpoint());
			lives.deadline(DEADLINE);
			Set<String> known = lives.toTheEnd();
			assertEquals(0, proxy.waiting(), "every fault was met: " + proxy.log());
			exactlyOnce(podman, ESTATE, known, proxy.log().toString());
		}
	}
}
