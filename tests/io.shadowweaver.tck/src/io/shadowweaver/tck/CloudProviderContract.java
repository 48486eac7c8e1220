// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.CreateRequest;
import io.shadowweaver.api.provision.Instance;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.api.topology.Lifecycle;
import io.shadowweaver.api.topology.TopologyChange;

/** What every {@link CloudProvider} keeps. Makes and removes machines: run it on an account for tests. */
public abstract class CloudProviderContract {
	/** Opens an account with quota for at least two machines. */
	protected abstract CloudProvider open() throws Exception;

	/** The group that new machines join. */
	protected abstract String group();

	/** Lets the provider's time pass. */
	protected abstract void pass(Duration time) throws Exception;

	/** The image of new machines; none unless overridden. */
	protected String image() {
		return "";
	}

	private CreateRequest request(CloudProvider provider, String token) throws PluginException {
		Offer offer = provider.offers().stream().filter(one -> one.quotaLeft() > 1).findFirst().orElseThrow();
		String zone = offer.zones().isEmpty() ? "" : offer.zones().getFirst();
		return new CreateRequest(token, "tck-" + token.substring(0, 8), group(), offer.id(), zone, image(), "", "", Map.of("purpose", "tck"), "", Instant.parse("2027-01-01T00:00:00Z"));
	}

	private static String token() {
		return UUID.randomUUID().toString();
	}

	private List<Instance> ofToken(CloudProvider provider, String token) throws PluginException {
		return provider.list().stream().filter(instance -> instance.token().equals(token)).toList();
	}

	@Test
	void offersAreNamedOnce() throws Exception {
		try (CloudProvider provider = open()) {
			List<Offer> offers = provider.offers();
			assertFalse(offers.isEmpty(), "no offers");
			Set<String> ids = new HashSet<>();
			offers.forEach(offer -> assertTrue(ids.add(offer.id()), "two offers " + offer.id()));
		}
	}

	@Test
	void oneTokenIsOneMachine() throws Exception {
		try (CloudProvider provider = open()) {
			String token = token();
			CreateRequest request = request(provider, token);
			Instance first = provider.create(request);
			assertEquals(token, first.token());
			Instance second = provider.create(request);
			assertEquals(first.id(), second.id(), "the same token again is the same machine");
			pass(provider.settling());
			assertEquals(1, ofToken(provider, token).size(), "machines of one token");
			provider.delete(first.id());
		}
	}

	@Test
	void whatIsCreatedIsListedAndWhatIsDeletedGoes() throws Exception {
		try (CloudProvider provider = open()) {
			String token = token();
			Instance made = provider.create(request(provider, token));
			pass(provider.settling());
			List<Instance> listed = ofToken(provider, token);
			assertEquals(1, listed.size(), "listed after settling");
			assertEquals(made.id(), listed.getFirst().id());
			provider.delete(made.id());
			pass(provider.settling().plusMinutes(30));
			assertTrue(ofToken(provider, token).stream().allMatch(one -> one.state() == Instance.State.DELETING), "still listed after its removal");
			provider.delete(made.id());
		}
	}

	@Test
	void deletingWhatIsNotThereIsNoError() throws Exception {
		try (CloudProvider provider = open()) {
			provider.delete("tck-" + token());
		}
	}

	@Test
	void anUnknownOfferIsRefusedForCertain() throws Exception {
		try (CloudProvider provider = open()) {
			String token = token();
			CreateRequest good = request(provider, token);
			CreateRequest bad = new CreateRequest(token, good.name(), good.group(), "tck-no-such-offer", good.zone(), good.image(), good.network(),
					good.userData(), good.tags(), good.registration(), Instant.parse("2027-01-01T00:00:00Z"));
			RefusedException refused = assertThrows(RefusedException.class, () -> provider.create(bad));
			assertFalse(refused.getMessage().isBlank(), "a refusal has a sentence");
			pass(provider.settling());
			assertTrue(ofToken(provider, token).isEmpty(), "refused and yet made");
		}
	}

	@Test
	void aDryRunTellsTheCallsAndMakesNothing() throws Exception {
		try (CloudProvider provider = open()) {
			String token = token();
			CreateRequest request = request(provider, token);
			List<String> calls = provider.dryRun(request);
			assertFalse(calls.isEmpty(), "no calls are told");
			assertTrue(String.join("\n", calls).contains(request.offer()), "the calls do not name the offer: " + calls);
			CreateRequest bad = new CreateRequest(token, request.name(), request.group(), "tck-no-such-offer", request.zone(), request.image(),
					request.network(), request.userData(), request.tags(), request.registration(), request.reviewBy());
			assertThrows(RefusedException.class, () -> provider.dryRun(bad), "what would be refused is refused in a dry run too");
			pass(provider.settling());
			assertTrue(ofToken(provider, token).isEmpty(), "a dry run made a machine");
		}
	}

	@Test
	void metadataComeBackInTheList() throws Exception {
		try (CloudProvider provider = open()) {
			CreateRequest request = request(provider, token());
			Instance made = provider.create(request);
			pass(provider.settling());
			Instance listed = ofToken(provider, request.token()).getFirst();
			assertEquals("tck", listed.tags().get("purpose"), "a tag");
			assertEquals(request.metadata().get(CreateRequest.GROUP), listed.tags().get(CreateRequest.GROUP), "the group");
			assertEquals(request.metadata().get(CreateRequest.REVIEW), listed.tags().get(CreateRequest.REVIEW), "the review date");
			provider.drain(made.id());
			provider.delete(made.id());
			provider.drain(made.id());
		}
	}

	@Test
	void aGroupOfSomebodyElseIsRefused() throws Exception {
		try (CloudProvider provider = open()) {
			assertThrows(RefusedException.class, () -> provider.setSize("tck-no-such-group", 1));
		}
	}

	@Test
	void discoveryTellsTheWholeEachTime() throws Exception {
		try (CloudProvider provider = open()) {
			assertEquals(live(provider.discover()), live(provider.discover()));
		}
	}

	private static Set<String> live(List<TopologyChange> changes) {
		Set<String> ids = new HashSet<>();
		for (TopologyChange change : changes) {
			if (change instanceof TopologyChange.ResourceSeen seen && seen.resource().lifecycle() == Lifecycle.LIVE) {
				ids.add(seen.resource().id());
			}
		}
		return ids;
	}

	@Test
	void settlingIsSaid() throws Exception {
		try (CloudProvider provider = open()) {
			assertFalse(provider.settling().isNegative());
		}
	}
}
