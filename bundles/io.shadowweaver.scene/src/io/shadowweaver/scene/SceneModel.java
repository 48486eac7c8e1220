// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

import io.shadowweaver.api.alert.Severity;
import io.shadowweaver.api.topology.Construction;
import io.shadowweaver.api.topology.Lifecycle;

/**
 * What is to be seen, before anybody looks at it from anywhere. Immutable; lengths are in cells, colours {@code 0xRRGGBB}.
 *
 * @param estate  the id of the estate
 * @param version of the state
 * @param now     the estate's time
 * @param shown   the moment whose shadow, or past, is shown
 * @param past    whether the cursor is in the past, where there is no shadow
 * @param view    what the operator chose
 * @param places  regions, zones, clusters and patches
 * @param nodes   resources: those of a patch together, in the order of the patches, by id
 * @param groups  groups, by key
 * @param blocks  places as one block each, in their order: what is around before what is inside
 * @param beams   links
 * @param labels  texts, most important first
 * @param legend  what colours and heights mean
 * @param headline the sentence
 * @param bounds  the box around it
 */
public record SceneModel(String estate, long version, Instant now, Instant shown, boolean past, ViewSettings view, List<Place> places,
		List<Node> nodes, List<GroupMark> groups, List<Block> blocks, List<Beam> beams, List<Label> labels, Legend legend, Headline headline,
		Bounds bounds) {
	/** The height of a block that is full: there stands the frame. */
	public static final float FULL = 2;
	/** Zones are raised by this. */
	public static final float PLATE = .03f;

	/** Copies. */
	public SceneModel {
		Objects.requireNonNull(shown, "shown");
		places = List.copyOf(places);
		nodes = List.copyOf(nodes);
		groups = List.copyOf(groups);
		blocks = List.copyOf(blocks);
		beams = List.copyOf(beams);
		labels = List.copyOf(labels);
	}

	/** The node of a resource. */
	public Optional<Node> node(String id) {
		return nodes.stream().filter(node -> node.id().equals(id)).findFirst();
	}

	/** Whether something pulses, so that frames must be drawn although nothing changes. */
	public boolean pulses() {
		return nodes.stream().anyMatch(node -> node.pulse() > 0) || groups.stream().anyMatch(group -> group.pulse() > 0);
	}

	/**
	 * A resource.
	 *
	 * @param id           the id of the resource
	 * @param name         what the operator reads, at most {@value Words#LONGEST} characters of it
	 * @param shape        by its kind
	 * @param group        the key of its group
	 * @param lifecycle    where it is between wish and end
	 * @param x            its middle
	 * @param y            its middle
	 * @param size         the side of its footprint
	 * @param height       of the block; 0 when there is no value
	 * @param frame        where the frame of 100 % is; {@code NaN} for none
	 * @param use          utilisation, or value ÷ scale for a metric without 'full'; {@code NaN} for none
	 * @param text         the value in words
	 * @param colour       of the top
	 * @param stale        whether the value is old or missing
	 * @param ghost        its shadow, where it is drawn
	 * @param alarm        its worst alert
	 * @param pulse        pulses a second of its shadow: 0, .5 or 1
	 * @param selected     whether it is selected
	 * @param hovered      whether the mouse is over it
	 * @param construction how far it has come, while it is coming
	 * @param trust        the height that was forecast for now one lead ago; {@code NaN} for none
	 * @param unusual      what is unusual about it at the shown moment
	 * @param provider     the colour of the account that made it for us or is making it; -1 for what we did not have made
	 */
	public record Node(String id, String name, Shape shape, String group, Lifecycle lifecycle, float x, float y, float size, float height, float frame,
			double use, String text, int colour, boolean stale, Optional<Ghost> ghost, Optional<Alarm> alarm, float pulse,
			boolean selected, boolean hovered, Optional<Construction> construction, float trust, Optional<Unusual> unusual,
			int provider) {
		/** The height of everything that belongs to it. */
		public float reach() {
			float top = Math.max(height, .05f);
			return ghost.isPresent() ? Math.max(top, ghost.get().upper()) : top;
		}
	}

	/**
	 * The shadow of a block.
	 *
	 * @param median    height of the ring
	 * @param upper     height of the end of the whisker, at the chosen quantile
	 * @param predicted utilisation at the median
	 * @param worst     utilisation at the chosen quantile
	 * @param colour    by the heat
	 * @param lower     whether the ring is below the top of the block, whose part above is hatched
	 * @param drawn     whether it differs enough, breaches or is selected; otherwise it is known but not drawn
	 */
	public record Ghost(float median, float upper, double predicted, double worst, int colour, boolean lower, boolean drawn) {
	}

	/**
	 * An alert, as far as it is seen.
	 *
	 * @param id           of the alert
	 * @param severity     how bad
	 * @param metric       the id of the metric
	 * @param breachAt     when
	 * @param startBy      the last moment to act
	 * @param acknowledged whether somebody has seen it
	 * @param covered      whether a plan covers it
	 */
	public record Alarm(String id, Severity severity, String metric, Instant breachAt, Instant startBy, boolean acknowledged, boolean covered) {
		/** Whether nobody cares for it yet. */
		public boolean isOpen() {
			return !acknowledged && !covered;
		}
	}

	/**
	 * An unusual value or forecast, which is no breach.
	 *
	 * @param time     of the value, or when the forecast was issued
	 * @param score    0 to 1
	 * @param forecast whether it is a forecast that departs from its own past
	 * @param text     the value and what was expected
	 */
	public record Unusual(Instant time, double score, boolean forecast, String text) {
	}

	/**
	 * A group.
	 *
	 * @param key      its {@link GroupKey}
	 * @param name     what the operator reads
	 * @param text     its label
	 * @param patches  ids of its patches
	 * @param alarm    the worst of its alerts and of its members' ones
	 * @param pulse    pulses a second of its outline, when it pulses for its members or itself
	 * @param selected whether it is selected
	 * @param hovered  whether the mouse is over it
	 * @param water    height of the water plane of the tide; {@code NaN} for none
	 * @param unusual  what is unusual about its demand at the shown moment
	 */
	public record GroupMark(String key, String name, String text, List<String> patches, Optional<Alarm> alarm, float pulse,
			boolean selected, boolean hovered, float water, Optional<Unusual> unusual) {
		/** Copies. */
		public GroupMark {
			patches = List.copyOf(patches);
		}
	}

	/**
	 * Work flows along here: from one point on the ground to another.
	 *
	 * @param fromX      where it begins
	 * @param fromY      where it begins
	 * @param toX        where it ends
	 * @param toY        where it ends
	 * @param emphasised whether it belongs to what is selected
	 * @param now        requests a second; {@code NaN} when they are not measured
	 * @param predicted  requests a second at the shown moment, the median; {@code NaN} for none
	 */
	public record Beam(float fromX, float fromY, float toX, float toY, boolean emphasised, double now, double predicted) {
	}

	/**
	 * A text at a point of the scene.
	 *
	 * @param kind    what it says
	 * @param text    one line
	 * @param x       where it points to
	 * @param y       where it points to
	 * @param z       where it points to
	 * @param subject id of the resource or key of the group, empty for none
	 * @param accent  colour of its bar; -1 for none
	 */
	public record Label(Kind kind, String text, float x, float y, float z, String subject, int accent) {
		/** Kinds, the most important first. */
		public enum Kind {
			/** A handle that is dragged. */
			HANDLE,
			/** A breach is predicted, or there. */
			BREACH,
			/** Is selected. */
			SELECTED,
			/** The mouse is over it. */
			HOVER,
			/** What comes and is late. */
			LATE,
			/** A group. */
			GROUP,
			/** A cluster. */
			CLUSTER,
			/** A zone. */
			ZONE,
			/** A region. */
			REGION,
			/** What comes. */
			COMING
		}
	}

	/**
	 * What colours mean.
	 *
	 * @param title  of the ramp
	 * @param scale  colours by value
	 * @param values texts of the anchors
	 * @param notes  lines below it
	 * @param providers colours of the accounts that made something that is there
	 * @param samples what the patterns mean that can be seen
	 */
	public record Legend(String title, HeatScale scale, List<String> values, List<String> notes, Map<String, Integer> providers, List<Sample> samples) {
		/** A pattern that tells something without its colour. */
		public enum Sample {
			/** Solid. */
			LIVE("now"),
			/** Striped, rising to the right. */
			PREDICTED("predicted"),
			/** Solid, hatched above the ring. */
			LOWER("now, above it"),
			/** Grey, hatched, falling to the right. */
			STALE("stale");

			private final String text;

			Sample(String text) {
				this.text = text;
			}

			/** What it means. */
			public String text() {
				return text;
			}
		}

		/** Copies. */
		public Legend {
			samples = List.copyOf(samples);
			values = List.copyOf(values);
			notes = List.copyOf(notes);
			providers = Collections.unmodifiableMap(new TreeMap<>(providers));
		}
	}

	/**
	 * The sentence at the top left.
	 *
	 * @param what     what breaks first, and when
	 * @param rest     whether it is covered, the last moment to act, how fresh the data is
	 * @param severity how bad; empty when nothing breaks
	 * @param fresh    whether the data is fresh
	 * @param subject  of the alert; empty for none
	 */
	public record Headline(String what, String rest, Optional<Severity> severity, boolean fresh, String subject) {
		/** The whole sentence. */
		public String sentence() {
			return rest.isEmpty() ? what : what + " " + rest;
		}
	}

	/** What follows when nobody acts, and with the plans, over the next day. */
	public record Consequence(Duration unattended, Duration planned, double costPerHour, String currency, Map<String, Duration> byGroup) {
		/** Copies. */
		public Consequence {
			byGroup = Map.copyOf(byGroup);
		}
	}
}
