// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.alert.Severity;
import io.shadowweaver.scene.SceneModel.Label;
import io.shadowweaver.scene.SceneModel.Legend;
import io.shadowweaver.scene.SceneModel.Legend.Sample;

/** What is said in numbers and words, so that no colour is needed. */
class LegendTest {
	private static final ViewSettings VIEW = ViewSettings.defaults(ZoneOffset.UTC);

	private static SceneModel scene(TestEstate estate, ViewSettings view) {
		return new SceneBuilder().build(estate.state(), view, PastValues.NONE, Duration.ZERO);
	}

	@Test
	void thresholdsStandInItInTheUnitOfTheMetric() {
		Legend legend = scene(TestEstate.fleet(3), VIEW).legend();
		assertEquals("CPU: warning 75\u00a0%, critical 90\u00a0%", legend.title());
		assertEquals(List.of("0\u00a0%", "38\u00a0%", "75\u00a0%", "90\u00a0%", "100\u00a0%"), legend.values());
	}

	@Test
	void aMetricWithoutRulesNamesNoThreshold() {
		Legend legend = scene(TestEstate.fleet(3), VIEW.withMetric("memory")).legend();
		assertEquals("Memory", legend.title());
	}

	@Test
	void patternsOfWhatCanBeSeenAreExplained() {
		assertEquals(List.of(Sample.values()), scene(TestEstate.fleet(3), VIEW).legend().samples());
		Legend past = scene(TestEstate.fleet(3), VIEW.withCursor(Optional.of(TestEstate.NOW.minusSeconds(3600)))).legend();
		assertEquals(List.of(Sample.LIVE, Sample.STALE), past.samples(), "the past has no shadow");
	}

	@Test
	void anAlertOfAGroupIsSaidInAWord() {
		assertEquals("", sign(Optional.empty()));
		assertEquals(" ▽ critical", sign(Optional.of(TestEstate.alert("group:web", Severity.CRITICAL, Alert.State.OPEN, 30))));
		assertEquals(" ▽ warning", sign(Optional.of(TestEstate.alert("group:web", Severity.WARNING, Alert.State.OPEN, 30))));
		assertEquals(" ✓", sign(Optional.of(TestEstate.alert("group:web", Severity.CRITICAL, Alert.State.COVERED, 30))));
	}

	/** What an alert adds to the label of its group. */
	private static String sign(Optional<Alert> alert) {
		String calm = label(TestEstate.fleet(3));
		TestEstate estate = TestEstate.fleet(3);
		alert.ifPresent(estate.alerts::add);
		String text = label(estate);
		assertTrue(text.startsWith(calm), text);
		return text.substring(calm.length());
	}

	private static String label(TestEstate estate) {
		return scene(estate, VIEW).labels().stream().filter(label -> label.kind() == Label.Kind.GROUP && label.subject().equals("group:web")).map(Label::text).findFirst()
				.orElseThrow();
	}
}
