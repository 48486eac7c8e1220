// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.sun.net.httpserver.HttpServer;

import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.topology.ScalingGroup;

/** A machine counts when the check of its group holds, and a probe never blocks who asks. */
class ReadinessTest {
	@TempDir
	Path directory;

	private final Queue<Runnable> waiting = new ArrayDeque<>();
	private final List<String> probed = new ArrayList<>();
	private boolean answer;
	private final Readiness readiness = new Readiness(waiting::add, (check, address) -> {
		probed.add(address);
		if (!answer) {
			throw new IOException("refused");
		}
		return true;
	});

	private static Entry entry() {
		CreateRequest request = new CreateRequest("t", "web-1", "web", "small", "a", "", "", "", Map.of(), "", Bed.START);
		return Entry.of(new Intent("t", "web-1", "web", Action.Kind.CREATE, "cloud", "small", "a", 1, "", "", "new:t", request, "vm", "", Map.of(), Bed.START, Bed.START, Bed.START, Bed.START,
				Price.UNKNOWN, "", Double.NaN, 0));
	}

	private static Optional<Instance> machine(Instance.State state, String address) {
		return Optional.of(new Instance("i1", "web-1", "t", "vm-i1", "small", "", "a", address, state, Bed.START, Map.of(), ""));
	}

	private static Readiness.Check check(String text) {
		return Readiness.Check.of(text).orElseThrow();
	}

	private static ScalingGroup checked(ScalingGroup web, String check) {
		return new ScalingGroup(web.id(), web.name(), web.members(), web.scaling(), web.owner(), web.min(), web.max(), web.step(), web.template(), web.placement(), web.demand(), check, web.drain());
	}

	@Test
	void onlyTheFourKindsOfChecksAreRead() {
		assertEquals(new Readiness.Check.Traffic(), check("traffic"));
		assertEquals(new Readiness.Check.Running(), check(" running "));
		assertEquals(new Readiness.Check.Tcp(8080), check("tcp:8080"));
		assertEquals(new Readiness.Check.Http("https://{address}:8443/up"), check("https://{address}:8443/up"));
		for (String text : List.of("", "Traffic!", "tcp:", "tcp:0", "tcp:65536", "ftp://{address}/", "http://elsewhere/up", "http:// {address}/", "http://{address}:x y/")) {
			assertTrue(Readiness.Check.of(text).isEmpty(), text);
		}
	}

	@Test
	void aProbeRunsElsewhereOneAtATimeAndItsResultIsTakenUpTheNextTime() {
		Readiness.Check tcp = check("tcp:80");
		assertFalse(readiness.holds(entry(), tcp, machine(Instance.State.PENDING, "10.0.0.1"), id -> true));
		assertFalse(readiness.holds(entry(), tcp, machine(Instance.State.RUNNING, ""), id -> true));
		assertEquals(0, waiting.size(), "nothing to ask yet");
		for (int i = 0; i < 3; i++) {
			assertFalse(readiness.holds(entry(), tcp, machine(Instance.State.RUNNING, "10.0.0.1"), id -> true));
		}
		assertEquals(1, waiting.size());
		waiting.remove().run();
		assertFalse(readiness.holds(entry(), tcp, machine(Instance.State.RUNNING, "10.0.0.1"), id -> true), "it refused, and is asked again");
		answer = true;
		waiting.remove().run();
		assertTrue(readiness.holds(entry(), tcp, machine(Instance.State.RUNNING, "10.0.0.1"), id -> false));
		assertEquals(List.of("10.0.0.1", "10.0.0.1"), probed);
	}

	@Test
	void whatWasFoundOfAMachineThatIsNoMoreIsForgotten() {
		answer = true;
		readiness.holds(entry(), check("tcp:80"), machine(Instance.State.RUNNING, "10.0.0.1"), id -> true);
		waiting.remove().run();
		readiness.keep(Set.of());
		assertFalse(readiness.holds(entry(), check("tcp:80"), machine(Instance.State.RUNNING, "10.0.0.1"), id -> true));
	}

	@Test
	void aRealPortIsConnectedTo() throws Exception {
		Readiness.NetworkProbe probe = new Readiness.NetworkProbe();
		int port;
		try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
			port = server.getLocalPort();
			assertTrue(probe.passes(new Readiness.Check.Tcp(port), "127.0.0.1"));
		}
		boolean passes;
		try {
			passes = probe.passes(new Readiness.Check.Tcp(port), "127.0.0.1");
		} catch (IOException e) {
			passes = false;
		}
		assertFalse(passes, "it is closed now");
	}

	@Test
	void aRealPageMustAnswerWellAndARedirectIsNoGoodAnswer() throws Exception {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		int[] status = { 204 };
		server.createContext("/up", exchange -> {
			exchange.sendResponseHeaders(status[0], -1);
			exchange.close();
		});
		server.start();
		try {
			Readiness.NetworkProbe probe = new Readiness.NetworkProbe();
			Readiness.Check page = check("http://{address}:" + server.getAddress().getPort() + "/up");
			assertTrue(probe.passes(page, "127.0.0.1"));
			for (int bad : new int[] { 302, 404, 503 }) {
				status[0] = bad;
				assertFalse(probe.passes(page, "127.0.0.1"), "status " + bad);
			}
		} finally {
			server.stop(0);
		}
		assertEquals("http://[fe80::1]:80/", Readiness.url("http://{address}:80/", "fe80::1").toString());
	}

	@Test
	void runningIsEnoughWhereTheGroupSaysSo() {
		try (Bed bed = new Bed(directory)) {
			bed.demand = minute -> 4 * Bed.SAFE * 1.4;
			bed.cloud.duds.addAll(List.of(1, 2, 3, 4, 5, 6));
			bed.group = checked(bed.group, "running");
			bed.run(5);
			assertTrue(bed.view.queue().stream().anyMatch(entry -> entry.state() == QueueEntry.State.READY), bed.view.queue().toString());
		}
	}

	@Test
	void anUnknownCheckIsSaidAtTheGroupAndCountsAsTraffic() {
		try (Bed bed = new Bed(directory)) {
			bed.demand = minute -> 4 * Bed.SAFE * 1.2;
			bed.group = checked(bed.group, "ping");
			bed.run(8);
			Status status = bed.view.statuses().get(Provisioner.GROUP + "web");
			assertTrue(status.sentence().contains("'ping'"), status.sentence());
			assertEquals(Status.State.DEGRADED, status.state());
			assertTrue(bed.view.queue().stream().anyMatch(entry -> entry.state() == QueueEntry.State.READY && entry.sentence().contains("healthy traffic")), bed.view.queue().toString());
			bed.group = checked(bed.group, "traffic");
			bed.run(1);
			assertEquals(null, bed.view.statuses().get(Provisioner.GROUP + "web"));
		}
	}
}
