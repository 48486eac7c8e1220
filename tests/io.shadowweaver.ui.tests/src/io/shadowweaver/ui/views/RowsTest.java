// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.ui.act.Names;
import io.shadowweaver.ui.core.CursorPosition;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Item;
import io.shadowweaver.ui.core.Palette;
import io.shadowweaver.ui.properties.Fact;
import io.shadowweaver.ui.properties.Facts;

class RowsTest {
	private final Frame frame = Fleet.alone(6).frame();

	@Test
	void theTreeHasRegionsZonesGroupsAndResources() {
		assertEquals(List.of("eu", " a", "  Web servers", "   Web 0", "   Web 2", "   Web 4", " b", "  Web servers", "   Web 1", "   Web 3", "   Web 5"),
				Fleet.outline(TreeNode.of(frame, Palette.GREEN_RED_DARK), ""));
		TreeNode group = TreeNode.of(frame, Palette.GREEN_RED_DARK).getFirst().children().getFirst().children().getFirst();
		assertTrue(group.state().startsWith("6 → 8 by "), group.state());
		assertEquals("54\u00a0%", group.cell().nowText(), "a group shows the member under most pressure");
	}

	@Test
	void whatIsLookedForFiltersTreeTableAndAlerts() {
		Frame all = Fleet.alone(4).frame();
		Frame some = new Frame(all.estate(), all.state(), all.cursor(), List.of(), all.past(), Optional.empty(), Optional.of(Set.of("web-2")));
		assertEquals(4, ResourceRow.of(all, Palette.GREEN_RED_DARK).size());
		assertEquals(List.of("web-2"), ResourceRow.of(some, Palette.GREEN_RED_DARK).stream().map(ResourceRow::id).toList());
		TreeNode leaf = TreeNode.of(some, Palette.GREEN_RED_DARK).getFirst();
		while (!leaf.children().isEmpty()) {
			assertEquals(1, leaf.children().size());
			leaf = leaf.children().getFirst();
		}
		assertEquals(Item.resource("web-2"), leaf.item());
		assertFalse(some.matchesSubject("web-1"));
		assertTrue(some.matchesSubject("group:web"), "one of its members is looked for");
		assertTrue(all.matchesSubject("web-1"));
	}

	@Test
	void noLevelOfTheTreeGrowsWithoutBounds() {
		List<TreeNode> top = TreeNode.of(Fleet.alone(1200).frame(), Palette.GREEN_RED_DARK);
		TreeNode group = top.getFirst().children().getFirst().children().getFirst();
		assertEquals(3, group.children().size());
		assertTrue(group.children().stream().allMatch(span -> span.children().size() <= TreeNode.SPAN));
		assertEquals(600, group.children().stream().mapToInt(span -> span.children().size()).sum());
	}

	@Test
	void aResourceShowsNowAndThePredictedQuantileAtTheHorizon() {
		ResourceRow row = ResourceRow.of(frame, Palette.GREEN_RED_DARK).getFirst();
		assertEquals("50\u00a0%", row.cpu().nowText());
		// Median of lead 1 h: .5 · (1 + .02 · 7 + .1) at the .9 quantile.
		assertEquals(.5 * 1.24, row.cpu().predicted(), 1e-6);
		assertEquals("20\u00a0MB/s", row.network().nowText());
		assertEquals("20\u00a0ms", row.latency().nowText());
		assertEquals("live", row.state());
		assertEquals(.5 * 1.24 / .9, row.pressure(), 1e-6);
	}

	@Test
	void whatIsOldIsSaidToBeOld() {
		Frame later = new Frame(frame.estate(), withTime(frame, Duration.ofMinutes(4)), frame.cursor(), List.of(), frame.past());
		ResourceRow row = ResourceRow.of(later, Palette.GREEN_RED_DARK).getFirst();
		assertEquals("no fresh data", row.state());
		assertEquals(Palette.GREEN_RED_DARK.stale(), row.cpu().nowBar().colour());
	}

	private static io.shadowweaver.api.state.WeaverState withTime(Frame frame, Duration later) {
		var old = frame.state();
		return new io.shadowweaver.api.state.WeaverState(old.estate(), old.name(), old.version() + 1, old.time().plus(later), old.step(), old.topology(),
				old.metrics(), old.series(), old.unattended(), old.planned(), old.thresholds(), old.alerts(), old.plans(), old.queue(), old.verdicts(),
				old.events(), old.anomalies(), old.modes(), old.killSwitch(), old.report(), old.statuses());
	}

	@Test
	void anAlertSaysWhatWhenAndByWhenToAct() {
		AlertRow row = AlertRow.of(frame.state(), false).getFirst();
		assertEquals("Web 1", row.subject());
		assertTrue(row.breach().endsWith("(in 1\u00a0h)"), row.breach());
		assertTrue(row.startBy().endsWith("(in 50\u00a0min)"), row.startBy());
		assertEquals("120\u00a0% > 90\u00a0%", row.value());
		assertFalse(row.overdue());
		assertTrue(AlertRow.of(withTime(frame, Duration.ofMinutes(55)), false).getFirst().overdue());
	}

	@Test
	void anEntryThatComesTooLateSaysSo() {
		EntryRow row = EntryRow.of(frame.state(), Names.of(frame)).getFirst();
		assertTrue(row.late());
		assertTrue(row.eta().endsWith("too late"), row.eta());
		assertEquals("create Medium in a at The cloud", row.what());
		PlanRow plan = PlanRow.of(frame.state(), Names.of(frame)).getFirst();
		assertEquals("all 1 passed", plan.guards());
		assertEquals("waits for a person", plan.approvals());
		assertTrue(plan.approveBy().contains("in 33"), plan.approveBy());
	}

	@Test
	void operatorsReadNamesWhereTheEngineHasIds() {
		Names names = Names.of(frame);
		assertEquals("create 2 × Medium in a at The cloud", names.action(frame.state().plans().getFirst().actions().getFirst()));
		assertEquals("remove Web 3 at The cloud", names.action(new Action(Action.Kind.DELETE, "cloud", 1, "", "", "web-3")));
		assertEquals("ask the owner for 7 members at elsewhere", names.action(new Action(Action.Kind.SET_SIZE, "elsewhere", 7, "", "", "")));
		assertEquals("Web servers, demand, CPU", names.series(SeriesId.ofGroup("web", "cpu")));
		assertEquals("Web 1, CPU", names.series(new SeriesId("web-1", "cpu")));
		assertEquals("gone", names.resource("gone"));
		String facts = Facts.text(Facts.of(frame, new Item(Item.Kind.ENTRY, "t1")));
		assertTrue(facts.contains("Account: The cloud\n") && facts.contains("Offer: Medium\n") && facts.contains("Group: Web servers\n"), facts);
		assertEquals("1 on the way, 1 plan waits for approval.", ProvisioningView.headline(frame.state(), names));
	}

	@Test
	void theChartFollowsTheSelectionThenTheMostUrgent() {
		assertEquals("web-1/cpu", ChartTarget.of(frame).orElseThrow().id().toString(), "the most urgent alert");
		assertEquals("group:web/cpu", ChartTarget.of(selecting(Item.group("web"))).orElseThrow().id().toString());
		assertEquals("group:web/cpu", ChartTarget.of(selecting(new Item(Item.Kind.PLAN, "p1"))).orElseThrow().id().toString());
		ChartTarget group = ChartTarget.of(selecting(Item.group("web"))).orElseThrow();
		assertEquals(List.of(24 * .7, 24.), group.lines().stream().map(ChartTarget.Line::value).toList(), "six servers of four cores");
		ChartTarget memory = ChartTarget.of(new Frame(frame.estate(), frame.state(), CursorPosition.START.withMetric("memory"),
				List.of(Item.resource("web-0")), frame.past())).orElseThrow();
		assertEquals("web-0/memory", memory.id().toString());
	}

	private Frame selecting(Item item) {
		return new Frame(frame.estate(), frame.state(), frame.cursor(), List.of(item), frame.past());
	}

	@Test
	void thePlannedShadowIsAnother() {
		Frame planned = new Frame(frame.estate(), frame.state(), CursorPosition.START.withKind(Shadow.Kind.PLANNED), List.of(), frame.past());
		TreeNode group = TreeNode.of(planned, Palette.GREEN_RED_DARK).getFirst().children().getFirst().children().getFirst();
		assertEquals("3", group.state(), "without an outlook the members here are counted");
	}

	@Test
	void factsOfEverythingThatCanBeSelected() {
		for (Item item : List.of(Item.resource("web-0"), Item.group("web"), new Item(Item.Kind.ALERT, "a1"), new Item(Item.Kind.PLAN, "p1"),
				new Item(Item.Kind.ENTRY, "t1"))) {
			List<Fact> facts = Facts.of(frame, item);
			assertTrue(facts.size() >= 6, item + ": " + facts);
		}
		assertEquals("x is gone", Facts.of(frame, Item.resource("x")).getFirst().value());
		assertTrue(Facts.text(Facts.of(frame, Item.resource("web-0"))).contains("skill 30\u00a0%"));
	}

	@Test
	void theHistoryHasNoMorePointsThanPixels() {
		ChartData.Request twoWeeks = new ChartData.Request("e", ChartTarget.of(frame).orElseThrow().id(), Fleet.NOW, Duration.ofMinutes(1),
				Duration.ofDays(14), Duration.ofHours(24), true);
		assertTrue(twoWeeks.back().dividedBy(twoWeeks.historyStep()) <= 900);
		assertEquals(0, twoWeeks.historyStep().toSeconds() % 60);
		List<Duration> leads = twoWeeks.leads();
		assertEquals(Duration.ofHours(24), leads.getLast());
		for (int i = 1; i < leads.size(); i++) {
			assertTrue(leads.get(i).compareTo(leads.get(i - 1)) > 0, leads.toString());
		}
		assertEquals(Optional.empty(), ChartTarget.of(Fleet.none().frame()));
		assertEquals(Formats.NONE, MetricCell.NONE.nowText());
	}
}
