// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.clouds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.clouds.FaultyProxy.Fault;
import io.shadowweaver.provisioning.ProvisioningSettings;
import io.shadowweaver.tck.Declared;

/** What goes wrong between the fleet and a real podman is a sentence at the account or the plan, and everything else goes on. */
class PodmanTroubleTest {
	private static final String ESTATE = "podman-trouble";
	private static final String OTHER = "other";
	private static final int MOST = 1;

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

	private FleetOnCloud fleet(Map<String, Map<String, String>> accounts, String image, UnaryOperator<ProvisioningSettings> settings) throws Exception {
		return new FleetOnCloud(directory, ESTATE, Declared.only(PodmanAccount.BUNDLE, "provider"), accounts, new Template("", List.of(PodmanAccount.OFFER), image, "", "", Map.of(), ""), MOST, settings);
	}

	private FleetOnCloud fleet(Map<String, String> account, String image) throws Exception {
		return fleet(Map.of(FleetOnCloud.ACCOUNT, account), image, UnaryOperator.identity());
	}

	private FleetOnCloud fleet(String endpoint) throws Exception {
		return fleet(PodmanAccount.settings(endpoint), podman.said.get("PODMAN_IMAGE"));
	}

	/** A container carries traffic, and it is the only one. */
	private void ready(FleetOnCloud fleet, String when) throws Exception {
		fleet.until("a container " + when, Duration.ofHours(12), now -> fleet.entries(QueueEntry.State.READY).size() == MOST);
		assertEquals(MOST, podman.containers(ESTATE).size());
	}

	private void meets(Fault fault, String word) throws Exception {
		try (FaultyProxy proxy = new FaultyProxy(podman.endpoint(), Duration.ZERO); FleetOnCloud fleet = fleet(proxy.endpoint())) {
			fleet.until("an account that answers", Duration.ofMinutes(30), state -> !Trouble.failed(state) && Trouble.says(state, "offers"));
			proxy.always(fault);
			WeaverState state = fleet.until("a failed account", Duration.ofHours(1), Trouble::failed);
			String sentence = state.statuses().get("provider:" + FleetOnCloud.ACCOUNT).sentence();
			assertTrue(sentence.contains(word), sentence);
			fleet.until("nothing is called there any more", Duration.ofHours(1), now -> Trouble.says(now, "asked again at"));
			Trouble.goesOn(fleet);
			assertEquals(List.of(), podman.containers(ESTATE));
			proxy.always(null);
			fleet.until("an account that answers again", Duration.ofHours(2), now -> !Trouble.failed(now));
			ready(fleet, "once it answers again");
		}
	}

	@Test
	void anAnswerThatIsNotJson() throws Exception {
		meets(Fault.NOT_JSON, "JSON");
	}

	@Test
	void aHostThatIsDown() throws Exception {
		meets(Fault.DOWN, "connection broke");
	}

	/** The region of one account is down: what is needed is made at the other. */
	@Test
	void oneOfTwoAccountsIsDown() throws Exception {
		try (FaultyProxy proxy = new FaultyProxy(podman.endpoint(), Duration.ZERO)) {
			proxy.always(Fault.DOWN);
			Map<String, Map<String, String>> accounts = Map.of(FleetOnCloud.ACCOUNT, PodmanAccount.settings(proxy.endpoint()), OTHER, PodmanAccount.settings(podman.endpoint()));
			try (FleetOnCloud fleet = fleet(accounts, podman.said.get("PODMAN_IMAGE"), UnaryOperator.identity())) {
				fleet.until("a failed account", Duration.ofHours(1), Trouble::failed);
				ready(fleet, "of the other account");
				assertTrue(fleet.entries(QueueEntry.State.READY).stream().allMatch(entry -> entry.provider().equals(OTHER)));
				assertTrue(Trouble.failed(fleet.state()) && !Trouble.failed(fleet.state(), OTHER), fleet.state().statuses().toString());
			}
		}
	}

	@Test
	void aQuotaOfNothing() throws Exception {
		Map<String, String> account = new HashMap<>(PodmanAccount.settings(podman.endpoint()));
		account.put("most", "0");
		try (FleetOnCloud fleet = fleet(account, podman.said.get("PODMAN_IMAGE"))) {
			WeaverState state = fleet.until("a sentence on the quota", Duration.ofHours(12), now -> Trouble.says(now, "quota"));
			assertFalse(Trouble.failed(state), state.statuses().toString());
			Trouble.goesOn(fleet);
			assertEquals(List.of(), podman.containers(ESTATE));
		}
	}

	@Test
	void anImageThatIsNotThere() throws Exception {
		try (FleetOnCloud fleet = fleet(PodmanAccount.settings(podman.endpoint()), "local/no-such-image:1")) {
			fleet.until("a refusal", Duration.ofHours(12), now -> !fleet.entries(QueueEntry.State.FAILED).isEmpty());
			String sentence = fleet.entries(QueueEntry.State.FAILED).getFirst().sentence();
			assertTrue(sentence.contains("no-such-image"), sentence);
			Trouble.goesOn(fleet);
			assertEquals(List.of(), podman.containers(ESTATE));
		}
	}

	@Test
	void aSizeThatIsNotThere() throws Exception {
		Map<String, String> account = new HashMap<>(PodmanAccount.settings(podman.endpoint()));
		account.put("sizes", "large 4 4GiB");
		try (FleetOnCloud fleet = fleet(account, podman.said.get("PODMAN_IMAGE"))) {
			fleet.until("a sentence on the size", Duration.ofHours(12), now -> Trouble.says(now, PodmanAccount.OFFER));
			Trouble.goesOn(fleet);
			assertEquals(List.of(), podman.containers(ESTATE));
		}
	}

	@Test
	void aContainerThatSomebodyRemovesByHand() throws Exception {
		try (FleetOnCloud fleet = fleet(podman.endpoint())) {
			ready(fleet, "that carries traffic");
			String token = fleet.readyAt().keySet().iterator().next();
			podman.delete(podman.containers(ESTATE).getFirst().id());
			fleet.until("a sentence on the container that is gone", Duration.ofHours(2),
					now -> now.queue().stream().anyMatch(entry -> entry.token().equals(token) && entry.sentence().contains("no more")));
			fleet.until("another container in its place", Duration.ofHours(4), now -> fleet.readyAt().size() > 1);
			assertTrue(podman.containers(ESTATE).stream().noneMatch(container -> container.token().equals(token)));
			Trouble.goesOn(fleet);
		}
	}

	/** The operator's list says 0: the price is not known, which is said, and what is needed is made. */
	@Test
	void aPriceOfNothing() throws Exception {
		Path prices = Files.writeString(directory.resolve("prices.csv"), "provider,region,offer,price,currency\ndocker,*," + PodmanAccount.OFFER + ",0,EUR\n");
		try (FleetOnCloud fleet = fleet(Map.of(FleetOnCloud.ACCOUNT, PodmanAccount.settings(podman.endpoint())), podman.said.get("PODMAN_IMAGE"),
				usual -> usual.with(usual.cost().withPrices(prices.toString())))) {
			fleet.until("a sentence on the price", Duration.ofMinutes(30), now -> Trouble.says(now, "prices.csv, line 2, column 4 (price) is 0"));
			ready(fleet, "of an unknown price");
			QueueEntry entry = fleet.entries(QueueEntry.State.READY).getFirst();
			assertFalse(entry.price().isKnown(), entry.toString());
			Trouble.goesOn(fleet);
		}
	}
}
