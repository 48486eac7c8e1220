// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.act;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.provision.Promotion;
import io.shadowweaver.api.provision.ProvisioningReport;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Placement;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Selector;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.api.topology.Topology;

class AutoModeTest {
	private static WeaverState state(List<Promotion> promotions) {
		WeaverState old = WeaverState.initial("e", "E", Instant.EPOCH, Duration.ofMinutes(1));
		ScalingGroup web = new ScalingGroup("g:web", "Web servers", Selector.of("tier", "web"), ScalingGroup.Scaling.HORIZONTAL, ScalingGroup.Owner.WEAVER, 1, 20, 1, Template.NONE, Placement.ANYWHERE, List.of(),
				"traffic", Duration.ZERO);
		return new WeaverState(old.estate(), old.name(), 1, old.time(), old.step(), new Topology(Map.of(), Set.of(), Map.of("g:web", web)), old.metrics(), old.series(), old.unattended(), old.planned(),
				old.thresholds(), old.alerts(), old.plans(), old.queue(), old.verdicts(), old.events(), old.anomalies(), old.modes(), false, new ProvisioningReport(List.of(), List.of(), promotions, Map.of()),
				old.statuses());
	}

	@Test
	void theQuestionSaysWhatTheGroupHasEarned() {
		List<Promotion> promotions = List.of(new Promotion("g:web", true, 1, "14 days with skill 30 %."), new Promotion("db", false, .2, "3 of 14 days."), new Promotion("app", true, 1, "fine"));
		assertEquals("Plans for Web servers, db that pass all guards are carried out without a question, and cost money."
				+ "\n\nWeb servers has earned it: 14 days with skill 30 %.\n\ndb has not earned it yet: 3 of 14 days.", AutoMode.question(state(promotions), List.of("g:web", "db")));
		assertEquals("Plans for db that pass all guards are carried out without a question, and cost money.", AutoMode.question(state(List.of()), List.of("db")));
	}
}
