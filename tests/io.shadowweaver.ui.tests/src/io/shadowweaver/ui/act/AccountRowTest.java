// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.act;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.provision.Drift;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.provision.ProvisioningReport;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Construction;
import io.shadowweaver.api.topology.Lifecycle;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.Topology;
import io.shadowweaver.ui.core.AccountInfo;

class AccountRowTest {
	private static final Instant NOW = Instant.parse("2026-03-03T12:00:00Z");
	private static final Price DATED = new Price(.05, "EUR", "list of the operator", Optional.of(LocalDate.of(2026, 1, 2)));

	private static Offer offer(String id, Price price, int quota) {
		return new Offer(id, id, Map.of("cores", 4.), "eu", List.of("a", "b"), price, quota, Duration.ofMinutes(4), Duration.ofMinutes(8));
	}

	private static final AccountInfo CLOUD = new AccountInfo("cloud", "openstack", "The cloud", Map.of(), List.of(offer("dear", Price.of(.2, "EUR"), 3), offer("cheap", DATED, 7),
			offer("unknown", Price.UNKNOWN, 0)));

	private static WeaverState state(Map<String, Status> statuses, List<Drift> drifts) {
		WeaverState old = WeaverState.initial("e", "E", NOW, Duration.ofMinutes(1));
		Map<String, Resource> resources = Map.of("ours", Resource.live("ours", "vm", "Ours", Map.of(Resource.PROVIDER, "cloud", Resource.TOKEN, "t1"), Map.of()), "theirs",
				Resource.live("theirs", "vm", "Theirs", Map.of(Resource.PROVIDER, "cloud"), Map.of()), "planned",
				new Resource("planned", "vm", "Planned", "", Map.of(Resource.PROVIDER, "cloud", Resource.TOKEN, "t2"), Map.of(), Lifecycle.PLANNED, Optional.of(new Construction("p", NOW, NOW, NOW, 0))));
		return new WeaverState(old.estate(), old.name(), 1, NOW, old.step(), new Topology(resources, Set.of(), Map.of()), old.metrics(), old.series(), old.unattended(),
				old.planned(), old.thresholds(), old.alerts(), old.plans(), old.queue(), old.verdicts(), old.events(), old.anomalies(), old.modes(), false,
				new ProvisioningReport(List.of(), drifts, List.of(), Map.of()), statuses);
	}

	@Test
	void anAccountShowsTheWorseOfItsTwoStatusesWithItsTime() {
		Status fine = new Status(Status.State.OK, "", "Answers.", NOW);
		Status broken = new Status(Status.State.FAILED, "LIST", "The password is wrong.", NOW.minusSeconds(600));
		AccountRow row = AccountRow.of(state(Map.of("provider:cloud", fine, "provisioning:cloud", broken), List.of()), List.of(CLOUD)).getFirst();
		assertEquals("The password is wrong.", row.status().sentence());
		assertTrue(row.since().endsWith("(10\u00a0min ago)"), row.since());
		assertEquals("eu", row.regions());
		assertEquals("3, 2 with quota left", row.offers());
		assertEquals("1", row.machines(), "what others made is not ours, what is planned is not there");
		AccountRow unasked = AccountRow.of(state(Map.of(), List.of()), List.of(new AccountInfo("new", "aws", "New", Map.of(), List.of()))).getFirst();
		assertEquals("It was not asked yet.", unasked.status().sentence());
		assertEquals("none known yet", unasked.offers());
		assertEquals(List.of("cloud", "new"), Stream.of(unasked, row).sorted(AccountRow.URGENT).map(one -> one.account().id()).toList(), "trouble is on top");
	}

	@Test
	void anOfferShowsWhoSaysItsPriceAndHowOldThatIs() {
		List<OfferRow> rows = OfferRow.of(state(Map.of(), List.of()), List.of(CLOUD)).stream().sorted(OfferRow.CHEAPEST).toList();
		assertEquals(List.of("cheap", "dear", "unknown"), rows.stream().map(row -> row.offer().id()).toList());
		assertEquals("list of the operator, 2026-01-02 (60 days old)", rows.get(0).source());
		assertEquals("the provider, now", rows.get(1).source());
		assertEquals("nobody says a price", rows.get(2).source());
		assertEquals("none", rows.get(2).quota());
		assertEquals("eu: a, b", rows.get(0).zones());
		assertEquals("cores 4", rows.get(0).capacity());
	}

	@Test
	void anEmptyViewSaysWhatToDo() {
		assertEquals("", AccountRow.whyNone("E", List.of(CLOUD), Optional.empty()));
		String none = AccountRow.whyNone("E", List.of(), Optional.of(List.of()));
		assertTrue(none.contains("No provider is installed.") && none.contains("Help > Install New Software"), none);
		assertTrue(AccountRow.whyNone("E", List.of(), Optional.of(List.of("OpenStack"))).contains("Installed are: OpenStack."));
	}

	@Test
	void driftsKeepTheirOrderAndAreToldApart() {
		Drift late = new Drift(Drift.Kind.OVERDUE, "cloud", "i-2", "t2", "web", NOW.minusSeconds(60), "late");
		Drift orphan = new Drift(Drift.Kind.ORPHAN, "cloud", "i-1", "t1", "", NOW.minusSeconds(7200), "orphan");
		List<DriftRow> rows = DriftRow.of(state(Map.of(), List.of(late, orphan)), Names.of(state(Map.of(), List.of()), List.of())).stream().sorted(DriftRow.OLDEST).toList();
		assertEquals(List.of("orphan", "overdue"), rows.stream().map(DriftRow::kind).toList());
		assertEquals(2, rows.stream().map(DriftRow::key).distinct().count());
		assertEquals(List.of(true, false), rows.stream().map(DriftRow::isOpen).toList(), "only of what the journal does not know can be decided");
		assertTrue(rows.getFirst().removal().details().getLast().contains("i-1") && rows.getFirst().removal().title().contains("cloud"));
		assertEquals(List.of("db", "web"), rows.getFirst().adoption(List.of("db", "web")).choice().orElseThrow().values());
	}
}
