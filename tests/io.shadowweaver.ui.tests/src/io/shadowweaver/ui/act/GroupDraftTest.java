// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.act;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.topology.DemandTarget;
import io.shadowweaver.api.topology.Placement;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Selector;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.engine.GroupSettings;

class GroupDraftTest {
	private static final ScalingGroup WEB = new ScalingGroup("web", "Web", Selector.of("tier", "web"), ScalingGroup.Scaling.HORIZONTAL, ScalingGroup.Owner.WEAVER, 1, 20, 2,
			List.of(new Template("cloud", List.of("m1"), "img", "", "", Map.of("tier", "web"), "")), new Placement(List.of("a", "b"), 1, true, Map.of("region", "eu")),
			List.of(new DemandTarget("cpu", .7)), "traffic", Duration.ofMinutes(2));

	private static GroupDraft with(String min, String max, String drain, String readiness, String requires) {
		GroupDraft draft = GroupDraft.of(WEB);
		return new GroupDraft(min, max, draft.step(), draft.zones(), draft.maxSkew(), draft.survivesZoneLoss(), requires, readiness, drain, draft.templates());
	}

	@Test
	void whatIsNotTouchedComesBackAsItWas() {
		GroupSettings settings = GroupDraft.of(WEB).settings(GroupSettings.of("web"));
		assertEquals(Optional.of(1), settings.min());
		assertEquals(Optional.of(20), settings.max());
		assertEquals(Optional.of(2), settings.step());
		assertEquals(Optional.of(WEB.templates()), settings.templates());
		assertEquals(Optional.of(WEB.placement()), settings.placement());
		assertEquals(Optional.of("traffic"), settings.readinessCheck());
		assertEquals(Optional.of(Duration.ofMinutes(2)), settings.drain());
		assertEquals(Optional.empty(), settings.members(), "who belongs to it is not decided here");
	}

	@Test
	void anErrorNamesTheFieldAndWhatIsAllowed() {
		for (Map.Entry<GroupDraft, String> wrong : Map.of(with("-1", "20", "0s", "traffic", ""), "Least members must be a whole number from 0 to 100000, not '-1'.",
				with("x", "20", "0s", "traffic", ""), "Least members must be a whole number from 0 to 100000, not 'x'.", with("5", "4", "0s", "traffic", ""),
				"Most members (4) must not be below least members (5).", with("1", "20", "2 days", "traffic", ""), "Drain must be a span (90s, 5m, 2h, 14d) from 0s to 1d, not '2 days'.",
				with("1", "20", "0s", "ping", ""), "Readiness must be 'traffic'", with("1", "20", "0s", "tcp:70000", ""), "Readiness must be 'traffic'",
				with("1", "20", "0s", "http://health", ""), "Readiness must be 'traffic'", with("1", "20", "0s", "traffic", "region"), "Required labels: 'region' is not of the form label=value.")
				.entrySet()) {
			IllegalArgumentException problem = assertThrows(IllegalArgumentException.class, () -> wrong.getKey().settings(GroupSettings.of("web")), wrong.getValue());
			assertTrue(problem.getMessage().startsWith(wrong.getValue()), problem.getMessage());
		}
		for (String check : List.of("traffic", "running", "tcp:8080", "https://{address}:8443/health")) {
			assertEquals(Optional.of(check), with("1", "20", "0s", check, "").settings(GroupSettings.of("web")).readinessCheck());
		}
	}

	@Test
	void aTemplateTakesOnlyOffersThatTheAccountHas() {
		Template template = GroupDraft.template("cloud", "m1, m2", List.of("m1", "m2", "m3"), " img ", "", "#!/bin/sh\n", "tier=web, zone=a", "");
		assertEquals(new Template("cloud", List.of("m1", "m2"), "img", "", "#!/bin/sh\n", Map.of("tier", "web", "zone", "a"), ""), template);
		assertEquals("Offers: cloud has no 'm9'; it has m1.",
				assertThrows(IllegalArgumentException.class, () -> GroupDraft.template("cloud", "m9", List.of("m1"), "", "", "", "", "")).getMessage());
		assertEquals(List.of("m9"), GroupDraft.template("cloud", "m9", List.of(), "", "", "", "", "").offers(), "before the account has answered nobody knows better");
		assertThrows(IllegalArgumentException.class, () -> GroupDraft.template("", "", List.of(), "", "", "", "", ""));
	}

	@Test
	void quantitiesAreWrittenAndReadInTheirUnits() {
		Quantity share = Quantity.of("s", "Share", Quantity.Kind.PERCENT, -1, 1, .45, "");
		assertEquals("%, -100 to 100, default 45", share.hint());
		assertEquals(Optional.of(.125), share.read("12.5 %"));
		assertEquals("Share must be a share in per cent from -100 to 100, not '101'.", assertThrows(IllegalArgumentException.class, () -> share.read("101")).getMessage());
		assertThrows(IllegalArgumentException.class, () -> share.read("NaN"));
		assertThrows(IllegalArgumentException.class, () -> share.read(""));
		assertEquals(Optional.empty(), share.optional().read(" "));
		Quantity money = Quantity.optional("m", "Cap", Quantity.Kind.MONEY, 0, Double.POSITIVE_INFINITY, "");
		assertEquals("from 0, or empty", money.hint());
		assertEquals("", money.text(Double.POSITIVE_INFINITY));
		assertEquals("0.05", money.text(.05));
		Quantity span = Quantity.of("d", "Span", Quantity.Kind.SPAN, 0, 86_400 * 365, 180, "");
		for (String text : List.of("0s", "90s", "3m", "2h", "14d")) {
			assertEquals(text, span.text(span.read(text).orElseThrow()));
		}
	}
}
