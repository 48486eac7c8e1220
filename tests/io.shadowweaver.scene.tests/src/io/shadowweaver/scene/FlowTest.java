// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.topology.Link;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.scene.SceneModel.Beam;
import io.shadowweaver.scene.draw.Frame;
import io.shadowweaver.scene.draw.FrameBuilder;
import io.shadowweaver.scene.draw.FrameBuilderTest;

class FlowTest {
	private static final ViewSettings VIEW = ViewSettings.defaults(ZoneOffset.UTC);

	private static SceneModel scene(TestEstate estate, ViewSettings view) {
		return new SceneBuilder().build(estate.state(), view, PastValues.NONE, Duration.ZERO);
	}

	@Test
	void trafficIsWhatTheCalledGroupMeasuresSharedByItsCallers() {
		TestEstate estate = TestEstate.fleet(4).group("api", 9).live("api-1", "api", "north", "north-1", .2);
		estate.links.add(new Link("group:api", "group:app", "calls"));
		estate.values.put(new SeriesId("group:app", "requests"), 400.);
		estate.values.put(new SeriesId("group:web", "requests"), 300.);
		estate.values.put(new SeriesId("group:api", "requests"), 100.);
		estate.unattended.put(new SeriesId("group:app", "requests"), TestEstate.flat(800, 10));
		estate.planned.put(new SeriesId("group:app", "requests"), TestEstate.flat(800, 10));
		SceneModel scene = scene(estate, VIEW);
		Set<Double> now = scene.beams().stream().map(Beam::now).collect(Collectors.toSet());
		assertEquals(Set.of(300., 100.), now, "three quarters come from web");
		assertEquals(Set.of(600., 200.), scene.beams().stream().map(beam -> (double) Math.round(beam.predicted())).collect(Collectors.toSet()));
		assertEquals(300., scene.beams().getFirst().now(), "the largest first");
	}

	@Test
	void whatIsNotMeasuredIsNotInvented() {
		SceneModel scene = scene(TestEstate.fleet(4), VIEW);
		assertTrue(!scene.beams().isEmpty() && scene.beams().stream().allMatch(beam -> Double.isNaN(beam.now()) && Double.isNaN(beam.predicted())));
	}

	private static Frame frame(TestEstate estate, ViewSettings view) {
		SceneModel scene = scene(estate, view);
		return FrameBuilder.build(scene, Camera.fit(scene.bounds(), 1.6f), 1280, 800, 1, FrameBuilderTest.atlas());
	}

	/** Groups that each call the next. */
	private static TestEstate chain(int groups) {
		TestEstate estate = new TestEstate();
		for (int i = 0; i <= groups; i++) {
			estate.group("g" + i, 9).live("m-" + i, "g" + i, "r", "z", .2);
			estate.values.put(new SeriesId("group:g" + i, "requests"), 100.);
			if (i > 0) {
				estate.links.add(new Link("group:g" + (i - 1), "group:g" + i, "calls"));
			}
		}
		return estate;
	}

	@Test
	void flowsMoveByThemselvesUpToAThousandLinksUnlessMotionIsReduced() {
		TestEstate few = chain(Arrangement.MOST_MOVING);
		assertEquals(Arrangement.MOST_MOVING, scene(few, VIEW).beams().size());
		assertTrue(frame(few, VIEW).flows());
		assertFalse(frame(few, VIEW.withReducedMotion(true)).flows());
		TestEstate many = chain(Arrangement.MOST_MOVING + 1);
		assertFalse(frame(many, VIEW).flows());
		assertFalse(frame(many, VIEW).pulses(), "nothing else moves either");
	}

	@Test
	void whatTheOperatorChoseWins() {
		ViewSettings on = VIEW.withArrangement(Arrangement.USUAL.withParticles(true));
		assertTrue(frame(chain(Arrangement.MOST_MOVING + 1), on).flows());
		assertTrue(frame(chain(3), on.withReducedMotion(true)).flows());
		assertFalse(frame(chain(3), VIEW.withArrangement(Arrangement.USUAL.withParticles(false))).flows());
		assertEquals(on.arrangement().particles(), on.arrangement().by(Resource.PROVIDER).particles(), "another grouping is no other choice");
	}

	@Test
	void nothingMovesWhereNobodyKnowsOrNothingFlows() {
		ViewSettings on = VIEW.withArrangement(Arrangement.USUAL.withParticles(true));
		TestEstate still = chain(3);
		still.values.replaceAll((series, value) -> series.metric().equals("requests") ? Double.valueOf(0) : value);
		assertFalse(frame(still, on).flows());
		still.values.keySet().removeIf(series -> series.metric().equals("requests"));
		assertFalse(frame(still, on).flows());
	}

	@Test
	void aFlowComesOutOfTheBlocksThatStandForItsEnds() {
		TestEstate estate = TestEstate.fleet(8000);
		estate.values.put(new SeriesId("group:app", "requests"), 400.);
		Frame frame = frame(estate, VIEW);
		float[] particles = frame.particles();
		int covered = 0;
		for (int i = 0; i < particles.length; i += Frame.PARTICLE) {
			for (Detail.Solid solid : frame.detail().solids()) {
				Place place = solid.block().place();
				boolean begins = Math.abs(particles[i] - place.centreX()) < place.width() / 2 && Math.abs(particles[i + 1] - place.centreY()) < place.depth() / 2;
				boolean ends = Math.abs(particles[i + 2] - place.centreX()) < place.width() / 2 && Math.abs(particles[i + 3] - place.centreY()) < place.depth() / 2;
				if (begins || ends) {
					covered++;
					assertTrue(particles[i + 4] > solid.block().reach() * solid.stretch(), "hidden in the block of " + place.id());
				}
			}
		}
		assertTrue(covered > 0, "nothing began or ended in a block");
	}

	@Test
	void resourcesStandTogetherByWhatTheOperatorChose() {
		TestEstate estate = TestEstate.fleet(6);
		Resource web = estate.resources.get("web-2");
		estate.resources.put("web-2", web.with(Resource.PROVIDER, "acme"));
		SceneBuilder builder = new SceneBuilder();
		SceneModel usual = builder.build(estate.state(), VIEW, PastValues.NONE, Duration.ZERO);
		SceneModel byProvider = builder.build(estate.state(), VIEW.withArrangement(Arrangement.USUAL.by(Resource.PROVIDER)), PastValues.NONE, Duration.ZERO);
		assertEquals(Set.of("acme", "no provider"), byProvider.groups().stream().map(SceneModel.GroupMark::name).collect(Collectors.toSet()));
		assertEquals(Set.of("vm"), scene(estate, VIEW.withArrangement(Arrangement.USUAL.by(Arrangement.KIND))).groups().stream().map(SceneModel.GroupMark::name)
				.collect(Collectors.toSet()));
		assertEquals(usual.nodes().size(), byProvider.nodes().size());
		SceneModel back = builder.build(estate.state(), VIEW, PastValues.NONE, Duration.ZERO);
		assertEquals(usual.places(), back.places(), "the usual order is as it was");
	}

	@Test
	void theOutlineTellsTheKind() {
		assertEquals(Shape.CYLINDER, Shape.of("database"));
		assertEquals(Shape.CYLINDER, Shape.of("aws.rds-Database"));
		assertEquals(Shape.HEXAGON, Shape.of("queue"));
		assertEquals(Shape.DIAMOND, Shape.of("load balancer"));
		assertEquals(Shape.BOX, Shape.of("vm"));
		assertEquals(Shape.BOX, Shape.of(""));
		assertEquals(Shape.BOX, Shape.of("数据库"));
	}
}
